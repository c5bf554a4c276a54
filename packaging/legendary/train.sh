#!/bin/sh
# Gives an instrumented interpreter the service's work: train.sh PYTHON PACKAGES SECONDS
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$folder/key" -out "$folder/certificate" 2>/dev/null
REQUESTS_CA_BUNDLE="$folder/certificate" PYTHONPATH=$2 \
    "$1" "$here/train.py" "$3" "$folder/certificate" "$folder/key"
rm -r "$folder"
profiles=$(find "$(dirname "$1")" -name '*.gcda' | wc -l)
[ "$profiles" -gt 100 ] || { echo "train.sh: only $profiles profiles were written" >&2; exit 1; }
