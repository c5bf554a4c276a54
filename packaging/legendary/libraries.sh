#!/bin/sh
# Builds musl, zlib, OpenSSL and liblzma's decoder as static libraries under $PREFIX, with a compiler
# `$PREFIX/bin/static-gcc` that links everything against them and makes every program a static PIE: with no
# other way to link, nothing can come out dynamic by accident.
#   libraries.sh SOURCES PREFIX
set -eu

here=$(cd "$(dirname "$0")" && pwd)
sources=$1
prefix=$2
machine=$(uname -m)
jobs=$(nproc)
cflags="-fPIE -fstack-protector-strong -ffunction-sections -fdata-sections"

# The older of musl's allocators: the newer one gives each freed block of some pages back to the kernel
# at once, which costs a new place 50 system calls, 200 page faults and a tenth of its CPU. The older
# one keeps those below a size, here 1 MB: what a request takes. (As it is, 0.16 MB and 20 faults more.)
build_musl() {
    cd "$sources/musl"
    sed -i 's/^#define RECLAIM 163840$/#define RECLAIM 1048576/' src/malloc/oldmalloc/malloc_impl.h
    grep -q '^#define RECLAIM 1048576$' src/malloc/oldmalloc/malloc_impl.h
    ./configure --prefix="$prefix" --disable-shared --enable-wrapper=no \
        --with-malloc=oldmalloc >/dev/null \
        CFLAGS="-fPIE -fstack-protector-strong -ffunction-sections -fdata-sections"
    make -s -j"$jobs" install
    # gcc's profiler was compiled against a libc that has C23's name for it.
    echo 'long strtol(const char *, char **, int);
        long __isoc23_strtol(const char *s, char **e, int b) { return strtol(s, e, b); }' \
        | gcc -x c -O2 -fPIE -c - -o isoc23.o
    ar r "$prefix/lib/libc.a" isoc23.o
    # The kernel's own interface, which Python reads (CAN sockets, random, …), is not part of a libc.
    mkdir "$prefix/kernel"
    for folder in linux asm-generic mtd; do cp -rL "/usr/include/$folder" "$prefix/kernel"; done
    cp -rL "/usr/include/$machine-linux-gnu/asm" "$prefix/kernel"
}

# gcc's specs, not flags: build systems drop flags, they cannot drop these.
write_compiler() {
    cat >"$prefix/musl.specs" <<SPECS
%rename cpp_options gcc_cpp_options

*cpp_options:
-nostdinc -isystem $prefix/include -isystem include%s -idirafter $prefix/kernel %(gcc_cpp_options)

*cc1:
%(cc1_cpu) -nostdinc -isystem $prefix/include -isystem include%s -idirafter $prefix/kernel

*startfile:
$prefix/lib/rcrt1.o $prefix/lib/crti.o crtbeginS.o%s

*endfile:
crtendS.o%s $prefix/lib/crtn.o

*link_libgcc:
-L$prefix/lib -L .%s

*libgcc:
libgcc.a%s libgcc_eh.a%s

*link:
-static -pie --no-dynamic-linker -z text -z relro -z now -z noexecstack -z separate-code \
-z pack-relative-relocs --gc-sections --build-id=none --hash-style=gnu

SPECS
    # Python's configure wants to know the platform, and OpenSSL's assembler scripts the version of
    # the assembler: an old one keeps AES-NI and AVX2 and leaves out 0.8 MB of AVX-512.
    cat >"$prefix/bin/static-gcc" <<WRAPPER
#!/bin/sh
case " \$* " in
    *" --print-multiarch "*) echo $machine-linux-musl; exit ;;
    *" -Wa,-v "*) echo "GNU assembler version 2.25"; exit ;;
esac
exec gcc -specs $prefix/musl.specs "\$@"
WRAPPER
    chmod +x "$prefix/bin/static-gcc"
}

build_zlib() {
    cd "$sources/zlib"
    CC="$prefix/bin/static-gcc" CFLAGS="-O2 $cflags" ./configure --static --prefix="$prefix" >/dev/null
    make -s -j"$jobs" libz.a
    cp libz.a "$prefix/lib"
    cp zlib.h zconf.h "$prefix/include"
}

# The embedded tables are xz files. The service only reads them, so only the decoder is carried, with
# the checksum that they have.
build_lzma() {
    cd "$sources/xz-utils"
    ./configure -q --host="$machine-linux-musl" --prefix="$prefix" CC="$prefix/bin/static-gcc" \
        CFLAGS="-O2 $cflags" --disable-shared --disable-nls --disable-threads \
        --disable-encoders --enable-decoders=lzma1,lzma2 --enable-checks=crc32 \
        --disable-microlzma --disable-lzip-decoder --disable-xz --disable-xzdec \
        --disable-lzmadec --disable-lzmainfo --disable-scripts --disable-doc
    make -s -j"$jobs" install >/dev/null
    "$prefix/bin/static-gcc" -O2 -c "$here/lzma_stubs.c" -o lzma_stubs.o
    ar r "$prefix/lib/liblzma.a" lzma_stubs.o
}

# TLS 1.2 and 1.3 as the service's upstreams speak it; what a client of theirs never asks for is out.
build_openssl() {
    cd "$sources/openssl"
    # P-256's table of precomputed points is 0.16 MB that no packer can shrink. Without it a
    # handshake with a P-256 certificate takes a little longer; connections are kept anyway.
    grep -q 'ecp_nistz256.c ecp_nistz256-x86_64.s' crypto/ec/build.info
    sed -i 's/ECP_NISTZ256_ASM//; s/ecp_nistz256.c ecp_nistz256-[a-z0-9_]*\.[sS]//' \
        crypto/ec/build.info
    leave_out_algorithms providers/defltprov.c
    # shellcheck disable=SC2046,SC2086  # lists of words are meant
    CC="$prefix/bin/static-gcc" ./Configure "linux-$machine" --prefix="$prefix" --libdir=lib \
        --openssldir=/etc/ssl no-shared no-dso no-module no-engine no-legacy no-tests no-docs \
        no-apps no-async no-autoload-config \
        $(printf 'no-%s ' $OPENSSL_WITHOUT) -Os $cflags >/dev/null
    make -s -j"$jobs" build_libs >/dev/null
    cp libssl.a libcrypto.a "$prefix/lib"
    cp -r include/openssl "$prefix/include"
}

# What no option leaves out, and neither TLS nor the reading of keys and certificates uses: writing
# keys, derivations for SSH, Kerberos, CMS and PKCS 12, modes of AES for files and disks, and the joint
# form of AES-CBC and HMAC, which a faster one (GCM) replaced.
leave_out_algorithms() {
    for rows in '#include "encoders.inc"' 'PROV_NAMES_(SS|PKCS12|SSH|X963|KB|KRB5)KDF,.*},' \
        'PROV_NAMES_(X942KDF_ASN1|KMAC_128|KMAC_256|GMAC|TEST_RAND),.*},' \
        'PROV_NAMES_SCRYPT,.*ossl_kdf_scrypt_functions },' \
        'PROV_NAMES_AES_[0-9]+_(OFB|CFB[18]?|XTS|CBC_CTS|WRAP(_PAD)?(_INV)?),.*[)],'; do
        grep -qE "$rows$" "$1"
        sed -i -E "/$rows$/d" "$1"
    done
    grep -q '^    ALGC(PROV_NAMES_AES_128_CBC_HMAC_SHA1' "$1"
    sed -i '/^    ALGC(/,/),$/d' "$1"
}

OPENSSL_WITHOUT="aria bf blake2 camellia cast cmac cmp cms ct des dgram dsa dtls ec2m gost http
    idea md4 mdc2 ml-dsa multiblock nextprotoneg ocb ocsp quic rc2 rc4 rfc3779 rmd160 sctp
    secure-memory seed siphash siv slh-dsa sm2 sm3 sm4 srp srtp ssl3 sslkeylog thread-pool
    tls1 tls1_1 ts ui-console whirlpool argon2 default-thread-pool"

mkdir -p "$prefix/bin"
build_musl
write_compiler
(build_zlib) & zlib=$! # their configurations take one processor each
(build_lzma) & lzma=$!
(build_openssl) & openssl=$!
wait $zlib
wait $lzma
wait $openssl
