"""The table of a day: a column for each part of the day, in a frame of box-drawing characters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from weather.i18n.languages import Language
from weather.views.ansi import pad_or_truncate, width
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
    label = text.language.date(day, padded=True)
    return [
        frame.top,
        frame.date.format(_center(label, _DATE_COLUMNS)),
        *frame.titles,
        *("│" + "│".join(row) + "│" for row in zip(*cells, strict=True)),
        frame.bottom,
    ]


@lru_cache(maxsize=128)
def day_frame(language: Language, *, narrow: bool) -> Frame:
    """The frame of four columns, or of two (noon and night); the date is above the middle."""
    hours = (12, 22) if narrow else (9, 12, 18, 22)
    titles = language.translate("Morning|Noon|Evening|Night").split("|")
    return _frame(dict(zip(hours, titles[1::2] if narrow else titles, strict=True)))


def _frame(columns: dict[int, str]) -> Frame:
    """The frame for columns given as hour → title."""
    rules = ["─" * CELL_COLUMNS] * len(columns)
    top = "┌" + "┬".join(rules) + "┐"
    start = (len(top) - _DATE_COLUMNS - 2) // 2
    end = start + _DATE_COLUMNS + 2
    rule, joint = "─" * _DATE_COLUMNS, "┬".center(_DATE_COLUMNS, "─")
    return Frame(
        hours=tuple(columns),
        top=" " * start + f"┌{rule}┐" + " " * start,
        date=top[:start] + "┤{}├" + top[end:],
        titles=(
            _title_row(list(columns.values()), f"└{joint}┘"),
            "├" + "┼".join(rules) + "┤",
        ),
        bottom="└" + "┴".join(rules) + "┘",
    )


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
