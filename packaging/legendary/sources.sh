#!/bin/sh
# Fetches the sources of the static executable from Debian's archive into the current folder:
#   sources.sh PACKAGE…        leaves PACKAGE/ for each, patched as Debian patches it
#
# apt checks every file by hash against the signed index. An index can be newer than its mirror's
# pool, and then the newest listed version answers 404: the next one is taken, and loudly, because
# a silent fallback would hide a missing security fix.
set -eu

fetch() {
    package=$1
    newest=
    for version in $(apt-cache showsrc --only-source "$package" \
        | sed -n 's/^Version: //p' | python3 -c "$SORT_NEWEST_FIRST"); do
        newest=${newest:-$version}
        if apt-get source -qq --only-source "$package=$version" >fetch.log 2>&1; then
            [ "$version" = "$newest" ] || warn "$package: $newest is listed but not to be had"
            echo "source: $package $version" | tee -a versions.txt
            mv "$(find . -maxdepth 1 -type d -name "$package-*")" "$package"
            return
        fi
        grep -q 404 fetch.log || { cat fetch.log >&2; exit 1; }
    done
    warn "$package: no listed version can be fetched"
    exit 1
}

warn() {
    printf '\n*** WARNING: %s ***\n\n' "$1" >&2
}

SORT_NEWEST_FIRST='
import functools, subprocess, sys
def newer(a, b):
    return -1 if subprocess.call(["dpkg", "--compare-versions", a, "gt", b]) == 0 else 1
print(*sorted(set(sys.stdin.read().split()), key=functools.cmp_to_key(newer)), sep="\n")
'

for package in "$@"; do
    fetch "$package"
done
