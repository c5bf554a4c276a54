"""The characters that pictures can show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from weather.views.picture import drawn
from weather.views.symbols import all_emoji

# Scripts of one column a character that place names are written in.
_BLOCKS = (
    *((0x20, 0x7F), (0xA0, 0x180), (0x218, 0x21C), (0x1EA0, 0x1EFA)),  # Latin
    *((0x386, 0x3CF), (0x401, 0x460), (0x490, 0x494)),  # Greek, Cyrillic
    *((0x5D0, 0x5EB), (0xFE80, 0xFEFD)),  # Hebrew, and Arabic as it is written
    *((0x2010, 0x2028), (0x2030, 0x2040), (0x2190, 0x219A), (0x25B2, 0x25C0)),  # signs
)
_UNSHAPED = "hi.po"  # Devanagari needs a shaping engine: pictures in Hindi are in English


def characters(catalogues: Path) -> set[str]:
    """Letters of the common scripts, everything in the catalogues, and the emoji of the views,
    without those that are drawn by rule."""
    blocks = {chr(code) for low, high in _BLOCKS for code in range(low, high)}
    paths = [path for path in catalogues.glob("*.po") if path.name != _UNSHAPED]
    written = {char for path in paths for char in path.read_text()}
    emoji = {char for text in all_emoji() for char in text}
    return {char for char in blocks | written | emoji if _has_ink(char) and not drawn.rows(char)}


def _has_ink(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CZ" and unicodedata.category(char) != "Mn"


def cells(char: str, emoji: set[str]) -> int:
    """The columns that a character takes in a terminal."""
    wide = unicodedata.east_asian_width(char) in {"W", "F"}
    return 2 if wide or char in emoji else 1


def single_emoji() -> Iterator[str]:
    """The first characters of the views' emoji, two columns wide each."""
    yield from (text[0] for text in all_emoji())
