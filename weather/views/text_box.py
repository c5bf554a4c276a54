"""The box around a day: its frame, and which hours of the forecast stand in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from weather.domain import Conditions
from weather.views.ansi import fit, width
from weather.views.text_rows import CELL, Scribe

_DATE = 13
_REACH = timedelta(hours=3)  # how far from a column's hour the conditions shown in it may be
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def box(day: date, frame: Frame, scribe: Scribe, timeline: Timeline) -> list[str]:
    """Ten lines, all as wide as the frame."""
    cells = [scribe.cell(timeline.nearest(day, hour)) for hour in frame.hours]
    label = f"{_WEEKDAYS[day.weekday()]} {day.day:02} {_MONTHS[day.month - 1]}"
    return [
        frame.above,
        frame.date.format(_centred(label, _DATE)),
        *frame.titles,
        *("│" + "│".join(row) + "│" for row in zip(*cells, strict=True)),
        frame.below,
    ]


class Timeline:
    """Conditions in the order of their moments, seen from a time zone."""

    def __init__(self, hours: Sequence[Conditions], zone: ZoneInfo) -> None:
        self._hours = hours
        self._moments = [hour.valid_at for hour in hours]
        self._zone = zone

    def nearest(self, day: date, hour: int) -> Conditions | None:
        """The conditions nearest to an hour of a local day, if any are within `_REACH`."""
        wanted = datetime.combine(day, time(hour), self._zone).astimezone(UTC)
        after = bisect_left(self._moments, wanted)
        near = self._hours[max(after - 1, 0) : after + 1]
        found = min(near, key=lambda one: abs(one.valid_at - wanted), default=None)
        return found if found and abs(found.valid_at - wanted) <= _REACH else None


@dataclass(frozen=True, slots=True)
class Frame:
    """The hours that have a column, and the lines around them."""

    hours: tuple[int, ...]
    above: str
    date: str  # with a place to `format` the date into
    titles: tuple[str, str]
    below: str


def _frame(columns: dict[str, int]) -> Frame:
    """`columns` are titles and their hours; the date hangs over the middle."""
    rules = ["─" * CELL] * len(columns)
    above = "┌" + "┬".join(rules) + "┐"
    titles = "│" + "│".join(_centred(title, CELL) for title in columns) + "│"
    start = (len(above) - _DATE - 2) // 2
    end = start + _DATE + 2
    rule, joint = "─" * _DATE, "┬".center(_DATE, "─")
    return Frame(
        hours=tuple(columns.values()),
        above=" " * start + f"┌{rule}┐" + " " * start,
        date=above[:start] + "┤{}├" + above[end:],
        titles=(
            titles[:start] + f"└{joint}┘" + titles[end:],
            "├" + "┼".join(rules) + "┤",
        ),
        below="└" + "┴".join(rules) + "┘",
    )


def _centred(text: str, columns: int) -> str:
    return fit(" " * ((columns - width(text) + 1) // 2) + text, columns)


WIDE = _frame({"Morning": 9, "Noon": 12, "Evening": 18, "Night": 22})
NARROW = _frame({"Noon": 12, "Night": 22})
