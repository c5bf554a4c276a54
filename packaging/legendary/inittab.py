"""Prints CPython's list of its C modules, Modules/config.c, without those that are left out; the
linker then leaves their code out too.

    inittab.py CONFIG
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from modules import cut

_LISTED = re.compile(r' *\{"(\w+)", \w+\},')


def without_cut(config: str) -> str:
    lines = config.splitlines(keepends=True)
    listed = {line: match[1] for line in lines if (match := _LISTED.match(line))}
    return "".join(line for line in lines if not (line in listed and cut(listed[line])))


if __name__ == "__main__":
    sys.stdout.write(without_cut(Path(sys.argv[1]).read_text()))
