"""A row of characters, each with its colour."""

from __future__ import annotations

from itertools import groupby

from weather.views.ansi import Colorizer, width

FADED = 240


class Row:
    """`columns` cells, first blank. Colour 0 is the terminal's own."""

    def __init__(self, columns: int) -> None:
        self._cells: list[tuple[str, int]] = [(" ", 0)] * columns

    def put(self, column: int, text: str, color: int = 0) -> None:
        """Writes a text from a column on. A character of two columns takes the next cell too;
        what is beyond the row is cut."""
        for character in text:
            taken = width(character)
            if not 0 <= column <= len(self._cells) - taken:
                return
            self._cells[column : column + taken] = [
                (character, color),
                *[("", color)] * (taken - 1),
            ]
            column += taken

    def put_cell(self, column: int, text: str, columns: int, color: int = 0) -> None:
        """Writes one sign, such as an emoji sequence, that takes some columns."""
        self._cells[column : column + columns] = [(text, color), *[("", color)] * (columns - 1)]

    def fade(self, columns: int) -> Row:
        """The row with the first `columns` in grey, as they are no forecast."""
        for column, (text, color) in enumerate(self._cells[:columns]):
            self._cells[column] = (text, color and FADED)
        return self

    def text(self, colorize: Colorizer) -> str:
        """The row; adjacent cells of one colour share an escape sequence."""
        parts = []
        for color, cells in groupby(self._cells, key=lambda cell: cell[1]):
            text = "".join(character for character, _ in cells)
            parts.append(colorize(text, color) if color and text.strip() else text)
        return "".join(parts)
