"""The box around a day: its frame, and which hours of the forecast stand in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from weather.core.models import Conditions
from weather.i18n.languages import Language
from weather.views.ansi import pad_or_truncate, width
from weather.views.text.rows import CELL, Scribe

_DATE = 13
_REACH = timedelta(hours=3)  # how far from a column's hour the conditions shown in it may be


def box(day: date, frame: Frame, scribe: Scribe, timeline: Timeline) -> list[str]:
    """Ten lines, all as wide as the frame."""
    cells = [scribe.cell(timeline.nearest(day, hour)) for hour in frame.hours]
    label = scribe.language.date(day, padded=True)
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


@lru_cache(maxsize=128)
def frame(language: Language, *, narrow: bool) -> Frame:
    """Four columns, or noon and night alone; the date hangs over the middle."""
    hours = (12, 22) if narrow else (9, 12, 18, 22)
    titles = language.translate("Morning|Noon|Evening|Night").split("|")
    return _frame(dict(zip(hours, titles[1::2] if narrow else titles, strict=True)))


def _frame(columns: dict[int, str]) -> Frame:
    rules = ["─" * CELL] * len(columns)
    above = "┌" + "┬".join(rules) + "┐"
    start = (len(above) - _DATE - 2) // 2
    end = start + _DATE + 2
    rule, joint = "─" * _DATE, "┬".center(_DATE, "─")
    return Frame(
        hours=tuple(columns),
        above=" " * start + f"┌{rule}┐" + " " * start,
        date=above[:start] + "┤{}├" + above[end:],
        titles=(
            _titles(list(columns.values()), f"└{joint}┘"),
            "├" + "┼".join(rules) + "┤",
        ),
        below="└" + "┴".join(rules) + "┘",
    )


def _titles(titles: list[str], middle: str) -> str:
    """The columns' titles, with the lower edge of the date's box over the middle line.

    The box takes blanks of its neighbours; they are counted in columns of the screen, which
    are not the letters of every language.
    """
    taken = len(middle) // 2
    cells = [
        _centred(pad_or_truncate(title, min(width(title), CELL - 2 * taken)), CELL)
        for title in titles
    ]
    half = len(cells) // 2
    left, right = cells[:half], cells[half:]
    left[-1] = pad_or_truncate(left[-1].rstrip(), CELL - taken)
    right[0] = right[0][taken:]
    return "│" + "│".join(left) + middle + "│".join(right) + "│"


def _centred(text: str, columns: int) -> str:
    return pad_or_truncate(" " * ((columns - width(text) + 1) // 2) + text, columns)
