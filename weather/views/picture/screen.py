"""A text with ANSI colours as rows of cells, as a terminal shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from weather.core.dataclass import dataclass
from weather.views.ansi import width
from weather.views.picture.bidi import DIRECTION_MARKS, visual_order
from weather.views.picture.colors import EMOJI

DEFAULT_COLOR = -1
COLUMNS, ROWS = 200, 200  # a report of 16 days has 125 and 170

_COLORED = re.compile("\x1b\\[(?:38;5;(\\d{1,3})|0?)m")
_EMOJI_PRESENTATION = "\ufe0f"  # widens the character before it


@dataclass(frozen=True, slots=True)
class Cell:
    """A character, its colour (one of the 256, or `DEFAULT_COLOR`) and its columns."""

    char: str
    color: int = DEFAULT_COLOR
    columns: int = 1


Row = tuple[Cell, ...]


def rows(text: str) -> list[Row]:
    """The rows of a text, without those that are empty at its end. What is beyond `COLUMNS` and
    `ROWS` is cut: a format of one line may repeat itself a thousand times."""
    lines = text.rstrip("\n").split("\n", ROWS)[:ROWS]
    return [tuple(visual_order(list(islice(_cells(line), COLUMNS)))) for line in lines]


def columns(screen: list[Row]) -> int:
    """The columns of the widest row, at least 1."""
    return max([1, *(sum(cell.columns for cell in row) for row in screen)])


def _cells(line: str) -> Iterator[Cell]:
    color, position = DEFAULT_COLOR, 0
    for match in _COLORED.finditer(line):
        yield from _plain(line[position : match.start()], color)
        color = int(match[1]) if match[1] else DEFAULT_COLOR
        position = match.end()
    yield from _plain(line[position:], color)


def _plain(text: str, color: int) -> Iterator[Cell]:
    for char, following in pairwise((*text, "")):
        columns = width(char + following if following == _EMOJI_PRESENTATION else char)
        if columns or char in DIRECTION_MARKS:
            yield Cell(char, EMOJI.get(char, color), columns)
