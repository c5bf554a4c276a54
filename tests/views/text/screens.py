"""Reports as lines of text: options, the current conditions and the tables of the days."""

from __future__ import annotations

from typing import Any

from tests import reports
from weather.views import text
from weather.views.options import ViewOptions
from weather.web.view_options import parse

PLAIN = ViewOptions(color=False)
REPORT = reports.report()
# Line numbers of the current conditions, from 0.
CONDITION, TEMPERATURE, WIND, VISIBILITY, PRECIPITATION = range(2, 7)


def flags(letters: str) -> ViewOptions:
    """The options of `?letters`."""
    return parse(((letters, ""),))


def current_row(row: int, options: ViewOptions = PLAIN, **changes: Any) -> str:
    """A row of the current conditions, beside the drawing, with some of them replaced."""
    lines = text.render(reports.with_current(REPORT, **changes), options)
    return lines.splitlines()[row][16:]


def cells(lines: list[str], row: int, day: int = 0) -> list[str]:
    """A row of a day's table: the text beside each drawing."""
    return [cell[15:].strip() for cell in lines[7 + 10 * day + 4 + row].split("│")[1:-1]]
