#!/bin/sh
# Links the interpreter without any module: link.sh SOURCES PREFIX OUTPUT [COMPRESSED]
# COMPRESSED, if it is not empty: as an executable that decodes it into memory and starts it there.
# The service's executable is this file and, behind it, the archive that pack.py writes. How CPython was
# compiled stands in link-flags, by python.sh.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=$1/python3.13
prefix=$2
mkdir -p "$3"
output=$(realpath "$3")
compressed=${4-}
# Unwinding tables are for C++ exceptions and debuggers: 0.8 MB that nothing here reads. CPython is
# compiled without them.
options="-fno-asynchronous-unwind-tables -fno-unwind-tables -fPIE -fstack-protector-strong
    -ffunction-sections -fdata-sections -s"

for library in "$prefix"/lib/*.a; do
    objcopy --remove-section=.eh_frame "$library"
done
cd "$source"
python3 "$here/inittab.py" Modules/config.c >"$output/config.c"
libraries=$(make -s --eval='libraries: ; @echo $(MODLIBS) $(LIBS) $(SYSLIBS)' libraries)
# shellcheck disable=SC2046,SC2086  # lists are meant
"$prefix/bin/static-gcc" -O2 $(cat link-flags) $options -I. -IInclude -IInclude/internal \
    -DPy_BUILD_CORE "$here/main.c" "$here/frozen.c" "$here/archive.c" "$here/streams.c" \
    "$output/config.c" \
    libpython3.13.a $libraries -Wl,-Map="$output/map" -o "$output/interpreter"
size "$output/interpreter"

if [ -n "$compressed" ]; then
    python3 "$here/squeeze.py" "$output/interpreter" "$output/image"
    # Without pages between the loader's segments, and for its relocated constants, which nothing would
    # make read-only: 11 kB.
    # shellcheck disable=SC2086  # a list is meant
    "$prefix/bin/static-gcc" -Os -Wl,-z,noseparate-code,-z,norelro $options \
        -DIMAGE="\"$output/image\"" "$here/loader.c" "$here/archive.c" "$here/streams.c" \
        "$here/distances.c" -llzma -o "$output/interpreter"
fi
ls -l "$output/interpreter"
