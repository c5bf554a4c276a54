"""Glyphs that are drawn by rule: Braille patterns, the lines of boxes and bars, whose neighbours
join without a gap, and the phases of the moon."""

from __future__ import annotations

import math
from functools import lru_cache

CELL_WIDTH, CELL_HEIGHT = 10, 19  # pixels
_FULL = 3  # the level of a set pixel

Rows = tuple[bytes, ...]

# The dots of a Braille pattern by bit: column and row (Unicode chart U2800).
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
_BRAILLE = range(0x2800, 0x2900)
_DOT, _DOT_STEP = 3, 5  # pixels

# The arms of a line from the middle of its cell: up, right, down, left.
_LINES = {
    **{"─": "rl", "│": "ud", "┌": "rd", "┐": "dl", "└": "ur", "┘": "ul", "├": "urd", "┤": "udl"},
    **{"┬": "rdl", "┴": "url", "┼": "urdl", "╵": "u", "╷": "d", "━": "RL"},
}
_MIDDLE_X, _MIDDLE_Y = 5, 9
_BARS = "▁▂▃▄▅▆▇█"
_MOONS = "🌑🌒🌓🌔🌕🌖🌗🌘"
_MOON_RADIUS = 7.5  # pixels
_DARK = 1  # the level of the moon's dark side


@lru_cache(maxsize=512)
def rows(char: str) -> Rows | None:
    """The bitmap, `CELL_HEIGHT` rows of levels, as wide as the character's cells; None for any
    other character."""
    if ord(char) in _BRAILLE:
        return _braille(ord(char) - _BRAILLE.start)
    if char in _LINES:
        return _line(_LINES[char])
    if char in _BARS:
        return _bar((_BARS.index(char) + 1) / len(_BARS))
    if char in _MOONS:
        return _moon(_MOONS.index(char) / len(_MOONS))
    return None


def _braille(bits: int) -> Rows:
    pixels = _blank()
    for bit, (column, row) in enumerate(_DOTS):
        if bits >> bit & 1:
            left, top = column * _DOT_STEP + 1, row * _DOT_STEP + 1
            _fill(pixels, left, top, left + _DOT, top + _DOT)
    return tuple(map(bytes, pixels))


def _line(arms: str) -> Rows:
    pixels = _blank()
    for arm in arms:
        thick = arm.isupper()
        left, top = _MIDDLE_X, _MIDDLE_Y - thick
        right, bottom = _MIDDLE_X + 1, _MIDDLE_Y + 1 + thick
        match arm.lower():
            case "u":
                top = 0
            case "d":
                bottom = CELL_HEIGHT
            case "l":
                left = 0
            case _:
                right = CELL_WIDTH
        _fill(pixels, left, top, right, bottom)
    return tuple(map(bytes, pixels))


def _bar(share: float) -> Rows:
    pixels = _blank()
    _fill(pixels, 0, CELL_HEIGHT - round(share * CELL_HEIGHT), CELL_WIDTH, CELL_HEIGHT)
    return tuple(map(bytes, pixels))


def _moon(phase: float) -> Rows:
    """The disc as the northern hemisphere sees it: the terminator is half an ellipse."""
    edge = math.cos(math.tau * phase)  # from 1 (new) to -1 (full), in radii
    rows = []
    for y in range(CELL_HEIGHT):
        up = y - _MIDDLE_Y
        row = bytearray(2 * CELL_WIDTH)
        for x in range(2 * CELL_WIDTH):
            across = x + 0.5 - CELL_WIDTH
            half = math.sqrt(max(_MOON_RADIUS**2 - up**2, 0))
            if abs(across) <= half:
                toward = across if phase <= 0.5 else -across
                row[x] = _FULL if toward > edge * half else _DARK
        rows.append(bytes(row))
    return tuple(rows)


def _blank() -> list[bytearray]:
    return [bytearray(CELL_WIDTH) for _ in range(CELL_HEIGHT)]


def _fill(pixels: list[bytearray], left: int, top: int, right: int, bottom: int) -> None:
    for row in pixels[top:bottom]:
        row[left:right] = bytes((_FULL,)) * (right - left)
