"""A screen as SVG: text in the reader's own monospaced font."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from weather.views.image.png import Color
from weather.views.options import PictureOptions
from weather.views.picture.bidi import is_right_to_left
from weather.views.picture.colors import Theme, rgb
from weather.views.picture.drawn import CELL_HEIGHT, CELL_WIDTH
from weather.views.picture.scaling import Size, fitted
from weather.views.picture.screen import Cell, Row, columns

_FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_BASELINE = 15  # pixels from the top of a row
_SIZE = 16
_WORDS = re.compile(r"\S+(?: \S+)*")


def render(screen: list[Row], theme: Theme, padding: int, look: PictureOptions) -> str:
    """The document. Each run of one colour begins in its column, whatever the font's widths."""
    width = columns(screen) * CELL_WIDTH + 2 * padding
    height = len(screen) * CELL_HEIGHT + 2 * padding
    size = fitted(width, height, Size(look.width, look.height))
    lines = "".join(
        _line(row, padding, padding + number * CELL_HEIGHT + _BASELINE, theme)
        for number, row in enumerate(screen)
    )
    back = f'fill="{_hex(theme.background)}" fill-opacity="{look.opacity / 255:.2g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{size[0]}"'
        f' height="{size[1]}" font-family="{_FONTS}" font-size="{_SIZE}">'
        f'<rect width="100%" height="100%" {back}/>{lines}</svg>\n'
    )


def _line(row: Row, left: int, baseline: int, theme: Theme) -> str:
    return "".join(
        f'<text x="{left + column * CELL_WIDTH}" y="{baseline}" textLength="{count * CELL_WIDTH}"'
        f' fill="{_hex(rgb(color, theme))}"{_direction(text)}>{escape(text, quote=False)}</text>'
        for column, count, color, text in _runs(row)
    )


def _direction(text: str) -> str:
    """The cells are in the order in which they are drawn: readers must not order them again."""
    if text.isascii() or not any(map(is_right_to_left, text)):
        return ""
    return ' direction="ltr" unicode-bidi="bidi-override"'


def _runs(row: Row) -> Iterator[tuple[int, int, int, str]]:
    """First column, columns, colour and text of each run of one colour without two blanks in a row:
    what follows begins in its column, whatever the font's widths. Single blanks are no-break
    spaces: not all readers keep `xml:space`."""
    column = 0
    for color, cells in groupby(row, key=lambda cell: cell.color):
        run = list(cells)
        text = "".join(cell.char for cell in run)  # a character for each cell
        for part in _WORDS.finditer(text):
            first, letters = run[: part.start()], run[part.start() : part.end()]
            yield column + _columns(first), _columns(letters), color, part[0].replace(" ", "\xa0")
        column += _columns(run)


def _columns(cells: Iterable[Cell]) -> int:
    return sum(cell.columns for cell in cells)


def _hex(color: Color) -> str:
    return "#" + "".join(f"{part:02x}" for part in color)
