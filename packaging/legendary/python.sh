#!/bin/sh
# Builds CPython from SOURCES/python3.13 with the compiler and libraries under PREFIX, all C modules
# inside the interpreter:
#   python.sh SOURCES PREFIX instrument         an interpreter that counts what it runs, for train.sh
#   python.sh SOURCES PREFIX optimise PROFILE   the interpreter, compiled for what was counted: the
#                                               objects that do next to no work for size
# PROFILE is a folder with a file for each architecture. Without one, or with one that another
# compiler or CPython wrote, everything is compiled for speed as far as that is known without it.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=$1/python3.13
prefix=$2
step=$3
profile=$(realpath -m "${4-.}")/$(uname -m).tar.xz
jobs=$(nproc)

# The C modules that the service's imports lead to, and those that pip needs in stand-ins.
# modules.py stops the build when an import asks for one that is not here.
C_MODULES="_bisect _blake2 _contextvars _csv _datetime _decimal _hashlib _heapq _io _json _lzma
    _opcode _pickle _posixsubprocess _queue _random _sha2 _socket _ssl _struct _typing _zoneinfo
    array binascii fcntl grp math mmap pwd resource select termios time unicodedata zlib"

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
        CFLAGS_NODIST="-fno-asynchronous-unwind-tables -fno-unwind-tables $*" \
        LIBLZMA_CFLAGS=" " LIBLZMA_LIBS=-llzma ZLIB_CFLAGS=" " ZLIB_LIBS=-lz \
        ac_cv_func_dlopen=no \
        --prefix="$prefix" --with-openssl="$prefix" --with-pkg-config=no --without-doc-strings \
        --without-mimalloc --without-ensurepip --without-readline --disable-test-modules
}

# The interpreter alone: not the programs and checks that a build of everything makes. Debian's
# Makefile would export every symbol for extensions that can never be loaded here.
build() {
    make -s -j"$jobs" LINKFORSHARED=" " "$@" python pybuilddir.txt
}

profile_is_of_this_compiler() {
    [ -f "$profile" ] && tar xf "$profile" && [ "$("$here/profile-key.sh" .)" = "$(cat profile-key)" ]
}

cd "$source"
case $step in
    instrument)
        configure -fprofile-generate
        build LDFLAGS_NODIST=-fprofile-generate
        ;;
    optimise)
        if profile_is_of_this_compiler; then
            # All of it is optimised as one program, when link.sh links it.
            export AR=gcc-ar
            use_profile="-flto=auto -fprofile-use -fprofile-correction -Wno-missing-profile"
            echo "$use_profile" >link-flags
            configure "$use_profile"
            python3 "$here/cold.py" . >cold.txt
            build CC="$here/compile-by-heat $prefix/bin/static-gcc $PWD/cold.txt" \
                LDFLAGS_NODIST=-flto=auto
        else
            printf '\n*** WARNING: no profile of this compiler: record-profile makes one ***\n\n' >&2
            find . -name '*.gcda' -delete
            : >link-flags
            configure
            build
        fi
        ;;
esac
