"""The tables of hours: those of the next 24, and those of an opened day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from weather.core.astronomy import day_bounds
from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Hours, Report
from weather.views.html.clock import Clock
from weather.views.html.formatter import Formatter, WindArrow
from weather.views.html.icons import icon
from weather.views.html.wind_force import force_class

_NIL = "nil"  # the class of cells that say that nothing falls


class TimeCell(NamedTuple):
    weekday: str  # empty but for the first hour and the first of a day
    time: str


class SkyCell(NamedTuple):
    icon: str
    condition: str


class Cell(NamedTuple):
    """A cell; its class may be empty."""

    text: str
    name: str


class WindCell(NamedTuple):
    speed: str
    arrow: WindArrow | None
    force: str  # the class; may be empty


@dataclass(frozen=True, slots=True)
class HourCells:
    """The cells of a table of hours, row by row, a column for each hour."""

    times: Sequence[TimeCell]
    skies: Sequence[SkyCell]
    temperatures: Sequence[str]
    chances: Sequence[Cell]  # of precipitation
    amounts: Sequence[Cell]  # of precipitation
    winds: Sequence[WindCell]
    gusts: Sequence[Cell]

    @property
    def columns(self) -> int:
        return len(self.times)


class HourTable:
    """Makes the cells of a page's tables."""

    def __init__(self, clock: Clock, format: Formatter) -> None:
        self._clock = clock
        self._format = format

    def cells(self, hours: Sequence[Conditions]) -> HourCells:
        """The cells for hours: the weekday stands at the first one, and at the first of a day."""
        format, column = self._format, Hours.of(hours).column
        chances, amounts = column("precipitation_probability"), column("precipitation")
        skies = zip(column("weather_code"), column("is_day"), strict=True)
        winds = zip(column("wind_speed"), column("wind_direction"), strict=True)
        return HourCells(
            times=list(self._times(column("valid_at"))),
            skies=[SkyCell(icon(code, is_day), format.condition(code)) for code, is_day in skies],
            temperatures=list(map(format.degrees, column("temperature"))),
            chances=[
                Cell("–" if chance is None else format.percent(chance), "" if chance else _NIL)
                for chance in chances
            ],
            amounts=[Cell(format.amount(mm), "" if mm else _NIL) for mm in amounts],
            winds=[
                WindCell(format.speed(speed), format.arrow(speed, whence), force_class(speed))
                for speed, whence in winds
            ],
            gusts=[Cell(format.speed(gust), force_class(gust)) for gust in column("wind_gusts")],
        )

    def _times(self, moments: Sequence[datetime]) -> Iterator[TimeCell]:
        for number, moment in enumerate(moments):
            weekday = self._clock.weekday_at_midnight(moment, always=not number)
            yield TimeCell(weekday, self._clock.column_text(moment))


def hours_of_day(report: Report, day: date, zone: ZoneInfo) -> Hours:
    """The hours of a local day that are still to come."""
    start, end = day_bounds(day, zone.key)
    return Hours.of(report.hours).between(start, end)
