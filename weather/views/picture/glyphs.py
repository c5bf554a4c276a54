"""The bitmaps of characters: 10 by 19 pixels a cell, with four levels of grey.

The table is an xz file: the number of glyphs, their characters, the cells of each (1 or 2), then
their pixels, four a byte. Its fonts are named in NOTICE.
"""

from __future__ import annotations

import lzma
import struct
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from weather.views.picture import drawn
from weather.views.picture.drawn import CELL_HEIGHT, CELL_WIDTH, Rows

LEVELS = 4  # from the background (0) to the colour of the text (3)

_PIXELS_A_BYTE = 4


def pack(table: Mapping[str, bytes]) -> bytes:
    """The file of a table of levels, row by row, one byte a pixel."""
    characters = sorted(table)
    counts = bytes(len(table[char]) // (CELL_WIDTH * CELL_HEIGHT) for char in characters)
    pixels = b"".join(_packed(table[char]) for char in characters)
    head = struct.pack(f"<I{len(characters)}I", len(characters), *map(ord, characters))
    return lzma.compress(head + counts + pixels, preset=9 | lzma.PRESET_EXTREME)


@lru_cache(maxsize=8192)
def rows(char: str) -> Rows:
    """The bitmap of a character; an empty box for one that the table lacks."""
    if by_rule := drawn.rows(char):
        return by_rule
    packed, cells = _table().get(char, (b"", 0))
    if not cells:
        return _BLANK if char == " " else _BOX
    width = cells * CELL_WIDTH
    levels = bytes(byte >> shift & 3 for byte in packed for shift in (6, 4, 2, 0))
    return tuple(levels[y * width : (y + 1) * width] for y in range(CELL_HEIGHT))


def has(char: str) -> bool:
    """Whether there is a bitmap of the character."""
    return char == " " or drawn.rows(char) is not None or char in _table()


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[bytes, int]]:
    """Packed pixels and cells by character."""
    raw = lzma.decompress((resources.files(__package__) / "data" / "glyphs.xz").read_bytes())
    (count,) = struct.unpack_from("<I", raw)
    codes = struct.unpack_from(f"<{count}I", raw, 4)
    start = 4 + 4 * count
    cells = raw[start : start + count]
    table, position = {}, start + count
    for code, columns in zip(codes, cells, strict=True):
        size = -(-columns * CELL_WIDTH * CELL_HEIGHT // _PIXELS_A_BYTE)
        table[chr(code)] = (raw[position : position + size], columns)
        position += size
    return table


def _packed(levels: bytes) -> bytes:
    padded = levels + bytes(-len(levels) % _PIXELS_A_BYTE)
    fours = zip(*(padded[i::_PIXELS_A_BYTE] for i in range(_PIXELS_A_BYTE)), strict=True)
    return bytes(a << 6 | b << 4 | c << 2 | d for a, b, c, d in fours)


_BLANK: Rows = (bytes(CELL_WIDTH),) * CELL_HEIGHT
_BOX: Rows = tuple(
    bytes(2 if 3 < y < 15 and 1 < x < 8 and (x in (2, 7) or y in (4, 14)) else 0 for x in range(10))
    for y in range(CELL_HEIGHT)
)
