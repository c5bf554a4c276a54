#!/bin/sh
# Gives an instrumented interpreter the service's work, and writes the profile:
#   train.sh SOURCE REPOSITORY PACKAGES PROFILE
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=$(realpath "$1")
repository=$2
packages=$(realpath "$3")
profile=$4
TMPDIR=$(mktemp -d)
export TMPDIR
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$TMPDIR/key" -out "$TMPDIR/certificate" 2>/dev/null

# Bytecode is imported, as in the executable. The first round writes it, and its counts are deleted,
# as are those of the build's own tools: a compiler of Python that is counted as hot would be
# compiled for speed.
cp -r "$repository/app.py" "$repository/weather" "$repository/simulator" "$TMPDIR"
for places in 1 60; do
    find "$source" -name '*.gcda' -delete
    PYTHONHASHSEED=0 PYTHONPATH=$TMPDIR:$packages \
        python3 "$here/train.py" "$source/python" "$TMPDIR" "$places"
done

cd "$source"
"$here/profile-key.sh" . >profile-key
profiles=$(find . -name '*.gcda' | sort)
[ "$(echo "$profiles" | wc -l)" -gt 100 ] || { echo "train.sh: too few profiles" >&2; exit 1; }
# Equal profiles give equal files.
# shellcheck disable=SC2086  # a list of files is meant
tar c --owner=0 --group=0 --numeric-owner --mode=644 --mtime=@0 profile-key $profiles \
    | xz -9e >"$profile"
rm -r "$TMPDIR"
