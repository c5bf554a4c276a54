"""A screen as pixels of a palette."""

from __future__ import annotations

from dataclasses import field

from weather.core.dataclass import dataclass
from weather.views.image.png import Color
from weather.views.picture import glyphs
from weather.views.picture.colors import Theme, blended, rgb
from weather.views.picture.drawn import CELL_HEIGHT, CELL_WIDTH, Rows
from weather.views.picture.glyphs import LEVELS
from weather.views.picture.screen import Cell, Row, columns

_MOST_COLORS = 255 // (LEVELS - 1)  # of text, in a palette of 256


@dataclass(slots=True)
class Raster:
    """Rows of palette indices, and the palette's colours and opacities (0 to 255). Index 0 is the
    background."""

    rows: list[bytes]
    palette: list[Color]
    alphas: list[int]


@dataclass(slots=True)
class _Palette:
    theme: Theme
    opacity: float  # of the background, from 0 to 1
    colors: list[Color]
    alphas: list[int]
    tables: dict[int, bytes] = field(default_factory=dict)

    def table(self, color: int) -> bytes:
        """The table by which `bytes.translate` turns levels into indices of a text colour."""
        table = self.tables.get(color)
        if table is None:
            if len(self.tables) == _MOST_COLORS:
                return next(iter(self.tables.values()))
            first = len(self.colors)
            text = rgb(color, self.theme)
            back = self.theme.background
            for level in range(1, LEVELS):
                shade, alpha = blended(back, self.opacity, text, level / (LEVELS - 1))
                self.colors.append(shade)
                self.alphas.append(alpha)
            table = self.tables[color] = bytes((0, *range(first, first + LEVELS - 1))).ljust(
                256, b"\0"
            )
        return table


def rasterise(screen: list[Row], theme: Theme, padding: int = 0, opacity: int = 255) -> Raster:
    """The screen with `padding` pixels around it; `opacity`, from 0 to 255, is the background's."""
    palette = _Palette(theme, opacity / 255, [theme.background], [opacity])
    width = columns(screen) * CELL_WIDTH
    side = bytes(padding)
    drawn: dict[tuple[str, int], Rows] = {}
    rows = [bytes(width + 2 * padding)] * padding
    for line in screen:
        cells = [_glyph(cell, palette, drawn) for cell in line]
        for y in range(CELL_HEIGHT):
            row = b"".join([cell[y] for cell in cells])
            rows.append(side + row.ljust(width, b"\0") + side)
    rows += [bytes(width + 2 * padding)] * padding
    return Raster(rows, palette.colors, palette.alphas if opacity < 255 else [])


def _glyph(cell: Cell, palette: _Palette, drawn: dict[tuple[str, int], Rows]) -> Rows:
    key = (cell.char, cell.color)
    rows = drawn.get(key)
    if rows is None:
        table, width = palette.table(cell.color), cell.columns * CELL_WIDTH
        levels = glyphs.rows(cell.char)
        rows = drawn[key] = tuple(
            row.translate(table)[:width].ljust(width, b"\0") for row in levels
        )
    return rows
