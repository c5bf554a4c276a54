"""The table of a day: a column for each part of the day, in a frame of box-drawing characters."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from weather.core.dataclass import dataclass
from weather.i18n.languages import Language
from weather.views.ansi import pad_or_truncate, width
from weather.views.text.direction import isolated
from weather.views.text.rows import CELL_COLUMNS, ConditionsText
from weather.views.text.timeline import Timeline

_DATE_COLUMNS = 13


@dataclass(frozen=True, slots=True)
class Frame:
    """The hours that have a column, and the lines around their cells."""

    hours: tuple[int, ...]
    top: str
    date: str  # a template with one `{}` for the date
    titles: tuple[str, str]
    bottom: str


def day_box(day: date, frame: Frame, text: ConditionsText, timeline: Timeline) -> list[str]:
    """The table of a day: ten lines, all as wide as the frame."""
    cells = [text.cell(timeline.nearest(day, hour)) for hour in frame.hours]
    label = isolated(text.language.date(day, padded=True), text.language)
    return [
        frame.top,
        frame.date.format(_center(label, _DATE_COLUMNS)),
        *frame.titles,
        *("│" + "│".join(row) + "│" for row in zip(*cells, strict=True)),
        frame.bottom,
    ]


# The hours of the columns, by their number: noon first, then the night's low.
_HOURS = {1: (12,), 2: (12, 22), 3: (9, 12, 22), 4: (9, 12, 18, 22)}


@lru_cache(maxsize=128)
def day_frame(language: Language, parts: int) -> Frame:
    """The frame of one to four parts of a day; the date is above a line between two columns."""
    titles = language.translate("Morning|Noon|Evening|Night").split("|")
    by_hour = dict(zip(_HOURS[4], titles, strict=True))
    hours = _HOURS[parts][::-1] if language.rtl else _HOURS[parts]
    return _frame({hour: isolated(by_hour[hour], language) for hour in hours})


def _frame(columns: dict[int, str]) -> Frame:
    """The frame for columns given as hour → title."""
    rules = ["─" * CELL_COLUMNS] * len(columns)
    top = "┌" + "┬".join(rules) + "┐"
    rule, joint = "─" * _DATE_COLUMNS, "┬".center(_DATE_COLUMNS, "─")
    titles = list(columns.values())
    if len(titles) == 1:
        # Beside the title, as there is no line between columns.
        start = len(top) - _DATE_COLUMNS - 3
        title_row = _single_title_row(titles[0], f"└{rule}┘")
    else:
        start = len(titles) // 2 * (CELL_COLUMNS + 1) - (_DATE_COLUMNS + 2) // 2
        title_row = _title_row(titles, f"└{joint}┘")
    end = start + _DATE_COLUMNS + 2
    return Frame(
        hours=tuple(columns),
        top=" " * start + f"┌{rule}┐" + " " * (len(top) - end),
        date=top[:start] + "┤{}├" + top[end:],
        titles=(title_row, "├" + "┼".join(rules) + "┤"),
        bottom="└" + "┴".join(rules) + "┘",
    )


def _single_title_row(title: str, date_bottom: str) -> str:
    room = CELL_COLUMNS - width(date_bottom)
    return "│" + _center(pad_or_truncate(title, min(width(title), room)), room) + date_bottom + "│"


def _title_row(titles: list[str], date_bottom: str) -> str:
    """The columns' titles, with the lower edge of the date's box over the middle line.

    That edge covers spaces of the two cells beside it. They are counted in display columns,
    which differ from characters in some languages.
    """
    covered = len(date_bottom) // 2
    cells = [
        _center(pad_or_truncate(title, min(width(title), CELL_COLUMNS - 2 * covered)), CELL_COLUMNS)
        for title in titles
    ]
    half = len(cells) // 2
    left, right = cells[:half], cells[half:]
    left[-1] = pad_or_truncate(left[-1].rstrip(), CELL_COLUMNS - covered)
    right[0] = right[0][covered:]
    return "│" + "│".join(left) + date_bottom + "│".join(right) + "│"


def _center(text: str, columns: int) -> str:
    return pad_or_truncate(" " * ((columns - width(text) + 1) // 2) + text, columns)
