#!/bin/sh
# Links the one executable: link.sh SOURCES PREFIX APP PACKAGES OUTPUT [UPX OPTIONS…]
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=$1/python3.13
prefix=$2
app=$(realpath "$3")
packages=$(realpath "$4")
mkdir -p "$5"
output=$(realpath "$5")
shift 5

"$source/python" -X no_debug_ranges "$here/pack.py" "$app" "$packages" "$output"

cd "$source"
# Unwinding tables are for C++ exceptions and debuggers: 0.8 MB that nothing here reads.
for library in libpython3.13.a $(find Modules -name '*.a') "$prefix"/lib/*.a; do
    objcopy --remove-section=.eh_frame "$library"
done
# shellcheck disable=SC2046  # a list of libraries is meant
"$prefix/bin/static-gcc" -O2 -fPIE -fstack-protector-strong -I. -IInclude -IInclude/internal \
    "$here/main.c" "$output/frozen.c" libpython3.13.a \
    $(make -s --eval='libraries: ; @echo $(MODLIBS) $(LIBS) $(SYSLIBS)' libraries) \
    -s -Wl,-Map="$output/map" -o "$output/weather"
size "$output/weather"
if [ $# -gt 0 ]; then
    upx -qq "$@" "$output/weather"
fi
cat "$output/service.zip" >>"$output/weather"
ls -l "$output/weather" "$output/service.zip"
