"""What a terminal understands: colours, columns, and what must never reach it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# C0, DEL and C1 controls; marks and overrides of direction; line and paragraph separators;
# halves of surrogate pairs, which no encoding takes.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]+"
)
_ESCAPE = re.compile("\x1b\\[[0-9;]*m")

Paint = Callable[[str, int], str]
"""Text and one of the 256 colours → the text in it."""


def colorize(text: str, color: int) -> str:
    return f"\x1b[38;5;{color}m{text}\x1b[0m"


def plain(text: str, color: int) -> str:
    return text


def strip_controls(text: str) -> str:
    """Foreign text without what could move the cursor, turn the line or break it."""
    return _UNSAFE.sub("", text)


def width(text: str) -> int:
    """How many columns a text takes; escape sequences take none (UAX #11, East Asian Width)."""
    if "\x1b" in text:
        text = _ESCAPE.sub("", text)
    return len(text) if text.isascii() else sum(map(_columns, text))


def pad_or_truncate(text: str, columns: int) -> str:
    """Exactly so many columns: padded with spaces, or cut with "…" (never inside a colour)."""
    missing = columns - width(text)
    return text + " " * missing if missing >= 0 else _cut(_ESCAPE.sub("", text), columns)


def _cut(text: str, columns: int) -> str:
    while width(text) > columns - 1:
        text = text[:-1]
    return (text + "…").ljust(columns - width(text) + len(text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
