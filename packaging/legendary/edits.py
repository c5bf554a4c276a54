"""Edits to CPython's sources: each asserts the text that it changes, so none can silently miss."""

import sys
from pathlib import Path

# Character names (0.4 MB) are for `\\N{…}` and unicodedata.name(), which the service never uses.
NO_NAME = "    return 0;\n"
# CPython's own allocator takes blocks of up to 2048 bytes, not only up to 512: musl's, behind it,
# takes a lock for each of these. Its table of sizes is written out up to 64 of them.
LISTS = "PT_8(p, 48), PT_8(p, 56)"
EDITS = [
    (
        "Include/internal/pycore_obmalloc.h",
        "#define SMALL_REQUEST_THRESHOLD 512\n",
        "#define SMALL_REQUEST_THRESHOLD 2048\n",
    ),
    (
        "Include/internal/pycore_obmalloc_init.h",
        "#elif NB_SMALL_SIZE_CLASSES <= 64\n",
        "#elif NB_SMALL_SIZE_CLASSES <= 128\n",
    ),
    (
        "Include/internal/pycore_obmalloc_init.h",
        f"{LISTS} }}\n",
        f"{LISTS}, {', '.join(f'PT_8(p, {first})' for first in range(64, 128, 8))} }}\n",
    ),
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
