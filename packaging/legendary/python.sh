#!/bin/sh
# Builds CPython from SOURCES/python3.13 with the compiler and libraries under PREFIX, all C modules
# inside the interpreter, in three steps:
#   python.sh SOURCES PREFIX instrument     an interpreter that counts what it runs
#   (train.py gives it the service's work)
#   python.sh SOURCES PREFIX optimise       the interpreter, compiled for what was counted: the
#                                           objects that do next to no work for size
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=$1/python3.13
prefix=$2
step=$3
jobs=$(nproc)

# The C modules that the service's imports lead to. modules.py stops the build when an import
# asks for one that is not here.
C_MODULES="_bisect _blake2 _contextvars _csv _datetime _decimal _hashlib _heapq _io _json _lzma
    _opcode _pickle _posixsubprocess _queue _random _sha2 _socket _ssl _struct _typing _zoneinfo
    array binascii fcntl grp math mmap pwd resource select termios time unicodedata zlib"

# Debian's Makefile would export every symbol for extensions that can never be loaded here.
build() {
    make -s -j"$jobs" LINKFORSHARED=" " "$@"
}

configure() {
    python3 "$here/edits.py" .
    for module in $(grep -oE 'py_cv_module_\w+' configure | sed 's/py_cv_module_//' | sort -u); do
        case " $(echo $C_MODULES) " in
            *" $module "*) ;;
            *) echo "py_cv_module_$module=n/a" ;;
        esac
    done >unwanted.cache
    # An 8 MB stack a thread: musl's own 128 kB overflows on deeply nested JSON.
    CONFIG_SITE=unwanted.cache ./configure -q CC="$prefix/bin/static-gcc" MODULE_BUILDTYPE=static \
        OPT="-DNDEBUG -O2" CPPFLAGS="-DTHREAD_STACK_SIZE=0x800000" \
        CFLAGS="-fPIE -fstack-protector-strong -ffunction-sections -fdata-sections" \
        LIBLZMA_CFLAGS=" " LIBLZMA_LIBS=-llzma ZLIB_CFLAGS=" " ZLIB_LIBS=-lz \
        ac_cv_func_dlopen=no \
        --prefix="$prefix" --with-openssl="$prefix" --with-pkg-config=no --without-doc-strings \
        --without-ensurepip --without-readline --disable-test-modules
}

cd "$source"
case $step in
    instrument)
        configure
        build profile-gen-stamp
        ;;
    optimise)
        build clean-retain-profile
        touch profile-run-stamp
        python3 "$here/cold.py" . >cold.txt
        build CC="$here/compile-by-heat $prefix/bin/static-gcc $PWD/cold.txt" profile-opt
        ;;
esac
