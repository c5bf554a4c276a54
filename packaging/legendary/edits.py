"""Edits to CPython's sources: each asserts the text that it changes, so none can silently miss."""

import sys
from pathlib import Path

# Character names (0.4 MB) are for `\\N{…}` and unicodedata.name(), which the service never uses.
NO_NAME = "    return 0;\n"
EDITS = [
    (
        "Modules/unicodedata.c",
        "int buflen, int with_alias_and_seq)\n{\n    /* Find the name",
        "int buflen, int with_alias_and_seq)\n{\n" + NO_NAME + "    /* Find the name",
    ),
    (
        "Modules/unicodedata.c",
        "_getcode(const char* name, int namelen, Py_UCS4* code)\n{\n",
        "_getcode(const char* name, int namelen, Py_UCS4* code)\n{\n" + NO_NAME,
    ),
]


def main(source: Path) -> None:
    for name, old, new in EDITS:
        path = source / name
        text = path.read_text()
        if text.count(old) != 1:
            sys.exit(f"edits.py: {name} does not hold, exactly once, what is to be changed")
        path.write_text(text.replace(old, new))


main(Path(sys.argv[1]))
