#!/bin/sh
# Links the interpreter without any module: link.sh SOURCES PREFIX OUTPUT [UPX OPTIONS…]
# The executable is this file and, behind it, the archive that pack.py writes. How CPython was compiled
# stands in link-flags, by python.sh.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=$1/python3.13
prefix=$2
mkdir -p "$3"
output=$(realpath "$3")
shift 3

cd "$source"
# Unwinding tables are for C++ exceptions and debuggers: 0.8 MB that nothing here reads. CPython is
# compiled without them.
for library in "$prefix"/lib/*.a; do
    objcopy --remove-section=.eh_frame "$library"
done
python3 "$here/inittab.py" Modules/config.c >"$output/config.c"
libraries=$(make -s --eval='libraries: ; @echo $(MODLIBS) $(LIBS) $(SYSLIBS)' libraries)
link() {
    # shellcheck disable=SC2046,SC2086  # lists are meant
    "$prefix/bin/static-gcc" -O2 $(cat link-flags) \
        -fno-asynchronous-unwind-tables -fPIE -fstack-protector-strong \
        -ffunction-sections -fdata-sections -I. -IInclude -IInclude/internal \
        -DPy_BUILD_CORE -DSHIFT="$1" "$here/main.c" "$here/frozen.c" "$output/config.c" libpython3.13.a $libraries \
        -s -Wl,-Map="$output/map" -o "$output/interpreter"
}

# Whether UPX can replace the distances of calls by their targets, which repeat and so compress
# better, by 0.23 MB. It marks them with a byte value that must not follow anything else that looks
# like a call. In code of this size there are one or two such values, or none, by chance.
can_be_filtered() {
    cp "$output/interpreter" "$output/trial"
    upx -qq -1 "$output/trial" >/dev/null
    upx --fileinfo "$output/trial" | grep -q 'filter 0x[^0]'
}

# The first is that of the present code and toolchain; any other is found as well, only later.
for shift_by in 464 $(seq 16 16 1024); do # moved code has other distances
    link "$shift_by"
    [ $# -gt 0 ] || break
    ! can_be_filtered || break
done
echo "link: the code is moved by $shift_by bytes"
size "$output/interpreter"
if [ $# -gt 0 ]; then
    upx -qq "$@" "$output/interpreter"
fi
ls -l "$output/interpreter"
