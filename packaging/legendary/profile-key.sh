#!/bin/sh
# Prints what a profile is valid for: the compiler, and the version of CPython in SOURCE.
#   profile-key.sh SOURCE
set -eu
gcc --version | head -n 1
sed -n 's/^#define PY_VERSION  *//p' "$1/Include/patchlevel.h"
