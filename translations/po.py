"""The two file formats of catalogues: PO, which people edit, and MO, which gettext reads.

https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html and MO-Files.html
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

_MAGIC = 0x950412DE
_LINE = re.compile(r'(?:(msgid|msgstr) )?"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_HEADER = "Language: {tag}\nContent-Type: text/plain; charset=UTF-8\n"


def read(text: str) -> dict[str, str]:
    """The translations by message; the header is the translation of "". Raises `ValueError` for
    malformed text and for a message that occurs twice."""
    strings = list(_strings(text))
    ids, translations = strings[::2], strings[1::2]
    keywords = [keyword for keyword, _ in strings]
    if keywords != ["msgid", "msgstr"] * len(ids):
        raise ValueError("every msgid needs one msgstr")
    if len({message for _, message in ids}) < len(ids):
        raise ValueError("a message occurs twice")
    return {message: text for (_, message), (_, text) in zip(ids, translations, strict=True)}


def _strings(text: str) -> Iterator[tuple[str, str]]:
    """(keyword, string) pairs, continuation lines joined."""
    pairs: list[tuple[str, str]] = []
    for line in text.split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None or not (match[1] or pairs):
            raise ValueError(f"malformed line: {line}")
        keyword, before = (match[1], "") if match[1] else pairs.pop()
        pairs.append((keyword, before + _ESCAPE.sub(_unescaped, match[2])))
    yield from pairs


def _unescaped(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(match[1], match[1])


def write(tag: str, translations: Mapping[str, str]) -> str:
    """The PO file, its entries in the order of `translations`."""
    entries = [("", _HEADER.format(tag=tag)), *translations.items()]
    return "\n".join(f"msgid {_quoted(m)}\nmsgstr {_quoted(t)}\n" for m, t in entries)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def compiled(translations: Mapping[str, str]) -> bytes:
    """The MO file: two tables of (length, offset), sorted by the bytes of the messages, then the
    strings. Messages without a translation are left out."""
    pairs = sorted((m.encode(), text.encode()) for m, text in translations.items() if text)
    start = 28 + 16 * len(pairs)
    tables, strings = [b"", b""], b""
    for index in (0, 1):
        for pair in pairs:
            tables[index] += struct.pack("<II", len(pair[index]), start + len(strings))
            strings += pair[index] + b"\0"
    header = struct.pack("<7I", _MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return header + tables[0] + tables[1] + strings
