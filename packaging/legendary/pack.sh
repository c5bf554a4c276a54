#!/bin/sh
# Makes the executable from OUTPUT/interpreter and the service, and tries it: pack.sh OUTPUT
set -eu

here=$(cd "$(dirname "$0")" && pwd)
output=$1
python3 -X no_debug_ranges "$here/pack.py" python3.13 service packages versions.txt \
    "$output/service.zip"
cat "$output/interpreter" "$output/service.zip" >"$output/weather"
chmod 755 "$output/weather"
ls -l "$output/weather" "$output/service.zip"
${EMULATOR-} "$output/weather" import-everything
