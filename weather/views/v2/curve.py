"""The curve of the temperature, in Braille patterns: two points across and four up a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from weather.views.ansi import Colorizer
from weather.views.scale import Scale
from weather.views.text import color_scale
from weather.views.v2.canvas import Row

ROWS = 8
_DOTS_UP = 4
_HEIGHT = ROWS * _DOTS_UP
_LEAST_RANGE = 6.0  # °C, so that a calm day is no mountain
_BRAILLE = 0x2800
# The bit of a dot by its column and its row from the top (Unicode chart U2800).
_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))

Values = Sequence[float | None]


def curve(
    days: Sequence[Values],
    columns: int,
    label: Callable[[float], str],
    colorize: Colorizer,
    passed: int = 0,
) -> list[str]:
    """`ROWS` + 2 lines: the curve through the values in °C, with the highest and lowest of each
    day above and below it. The hours that have `passed` are grey."""
    values = [value for day in days for value in day]
    scale = Scale.of(values, _LEAST_RANGE)
    rows = [Row(columns) for _ in range(ROWS + 2)]
    for column, row, bits, celsius in _cells(values, scale):
        rows[row + 1].put(column, chr(_BRAILLE + bits), color_scale.TEMPERATURE.color(celsius))
    start = 0
    for day in days:
        _label(rows, start, day, scale, label)
        start += len(day)
    return [row.fade(passed).text(colorize) for row in rows]


def _cells(values: Values, scale: Scale) -> Iterator[tuple[int, int, int, float]]:
    """Column, row, bits and value of each cell that the curve crosses."""
    points = list(_points(values, scale))
    bits: dict[tuple[int, int], int] = {}
    previous: tuple[int, int] | None = None
    for x, y in points:
        # A steep step is filled, so that the line has no gaps.
        low, high = (y, y) if previous is None or x - previous[0] > 1 else sorted((previous[1], y))
        for dot in range(low + (low < y), high + 1 - (high > y)) if low != high else (y,):
            cell = (x // 2, dot // _DOTS_UP)
            bits[cell] = bits.get(cell, 0) | _BITS[x % 2][dot % _DOTS_UP]
        previous = (x, y)
    for (column, row), pattern in bits.items():
        yield column, row, pattern, values[column] or 0.0


def _points(values: Values, scale: Scale) -> Iterator[tuple[int, int]]:
    """Two points an hour: its value, and the middle to the next one. y counts dots from the top."""
    for column, (value, following) in enumerate(pairwise((*values, None))):
        if value is not None:
            yield column * 2, _dot(value, scale)
            middle = value if following is None else (value + following) / 2
            yield column * 2 + 1, _dot(middle, scale)


def _dot(value: float, scale: Scale) -> int:
    return round((100 - scale.position(value)) / 100 * (_HEIGHT - 1))


def _label(
    rows: list[Row], start: int, day: Values, scale: Scale, label: Callable[[float], str]
) -> None:
    """Writes a day's extremes, each in the line beyond its point."""
    known = [(value, start + hour) for hour, value in enumerate(day) if value is not None]
    if not known:
        return
    for (value, column), step in ((max(known), -1), (min(known), 1)):
        text = label(value)
        row = rows[_dot(value, scale) // _DOTS_UP + 1 + step]
        left = min(max(column - len(text) // 2, start), start + len(day) - len(text))
        row.put(left, text, color_scale.TEMPERATURE.color(value))
