#!/bin/sh
# Gives an instrumented interpreter the service's work: train.sh PYTHON PACKAGES
set -eu

here=$(cd "$(dirname "$0")" && pwd)
python=$1
packages=$2
source=$(dirname "$python")
TMPDIR=$(mktemp -d)
export TMPDIR
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$TMPDIR/key" -out "$TMPDIR/certificate" 2>/dev/null

train() {
    find "$source" -name '*.gcda' -delete
    PYTHONHASHSEED=0 REQUESTS_CA_BUNDLE="$TMPDIR/certificate" PYTHONPATH=$packages \
        python3 "$here/train.py" "$python" "$TMPDIR/certificate" "$TMPDIR/key" "$1"
}

# The service imports bytecode. The first round writes it, and its counts are deleted, as are those
# of the build's own tools: a compiler of Python that is counted as hot would be compiled for speed.
train 1
train 80
rm -r "$TMPDIR"
profiles=$(find "$source" -name '*.gcda' | wc -l)
[ "$profiles" -gt 100 ] || { echo "train.sh: only $profiles profiles were written" >&2; exit 1; }
