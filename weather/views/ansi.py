"""Terminal text: colours, display width and removal of control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# C0, DEL and C1 controls; bidirectional marks and overrides; line and paragraph separators;
# surrogates, which no encoding accepts.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]+"
)
_EMOJI_PRESENTATION, _JOINER = "\ufe0f", "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_ESCAPE = re.compile("\x1b\\[[0-9;]*m")

Colorizer = Callable[[str, int], str]
"""Takes a text and one of the 256 colours; returns the text in that colour."""


def colorize(text: str, color: int) -> str:
    """The text in one of the 256 colours, as an ANSI escape sequence."""
    return f"\x1b[38;5;{color}m{text}\x1b[0m"


def plain(text: str, color: int) -> str:
    """The text without colour."""
    return text


def strip_controls(text: str) -> str:
    """The text without characters that could move the cursor or change the line's direction."""
    return _UNSAFE.sub("", text)


def width(text: str) -> int:
    """The display width in columns, without escape sequences.

    By UAX #11, East Asian Width: wide and fullwidth characters take two columns, and so does
    every emoji presentation sequence, a character with U+FE0F, whatever it takes alone. Emoji
    that U+200D joins take the columns of the first.
    """
    if "\x1b" in text:
        text = _ESCAPE.sub("", text)
    return len(text) if text.isascii() else _display_width(text)


@lru_cache(maxsize=1024)  # most are of drawings and units
def _display_width(text: str) -> int:
    columns, last, joined = 0, 0, False  # `last`: the columns of the last visible character
    for character in text:
        if joined or (last == 2 and ord(character) in _SKIN_TONES):
            joined = False
        elif character == _EMOJI_PRESENTATION and last == 1:
            columns, last = columns + 1, 2
        elif added := _character_width(character):
            columns, last = columns + added, added
        joined = character == _JOINER and last == 2
    return columns


def pad_or_truncate(text: str, columns: int) -> str:
    """The text in exactly `columns` columns: padded with spaces, or truncated with "…".

    A truncated text loses its colours.
    """
    missing = columns - width(text)
    return text + " " * missing if missing >= 0 else _truncate(_ESCAPE.sub("", text), columns)


def _truncate(text: str, columns: int) -> str:
    while width(text) > columns - 1:
        text = text[:-1]
    return (text + "…").ljust(columns - width(text) + len(text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
