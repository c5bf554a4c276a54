"""The tables of hours: those of the next 24, and those of an opened day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from weather.core.astronomy import day_bounds
from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Hours, Report
from weather.views.html.clock import Clock
from weather.views.html.formatter import Formatter, WindArrow
from weather.views.html.icons import icon
from weather.views.html.memo import Memo
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
    temperatures: Sequence[Cell]
    chances: Sequence[Cell]  # of precipitation
    amounts: Sequence[Cell]  # of precipitation
    winds: Sequence[WindCell]
    gusts: Sequence[Cell]

    @property
    def columns(self) -> int:
        return len(self.times)


class _Cells:
    """The cells of values, which recur from page to page, in a formatter's language and units."""

    def __init__(self, format: Formatter) -> None:
        self.skies = Memo[tuple[int | None, bool | None], SkyCell](
            lambda sky: SkyCell(icon(*sky), format.condition(sky[0]))
        )
        self.temperatures = Memo[float | None, Cell](lambda value: Cell(format.degrees(value), ""))
        self.chances = Memo[float | None, Cell](
            lambda chance: Cell(
                "–" if chance is None else format.percent(chance), "" if chance else _NIL
            )
        )
        self.amounts = Memo[float | None, Cell](
            lambda mm: Cell(format.amount(mm), "" if mm else _NIL)
        )
        self.gusts = Memo[float | None, Cell](
            lambda gust: Cell(format.speed(gust), force_class(gust))
        )


_cells = lru_cache(maxsize=8)(_Cells)


class HourTable:
    """Makes the cells of a page's tables."""

    def __init__(self, clock: Clock, format: Formatter) -> None:
        self._clock = clock
        self._format = format
        self._cells = _cells(format)

    def cells(self, hours: Sequence[Conditions]) -> HourCells:
        """The cells for hours: the weekday stands at the first one, and at the first of a day."""
        format, cells, column = self._format, self._cells, Hours.of(hours).column
        winds = zip(column("wind_speed"), column("wind_direction"), strict=True)
        return HourCells(
            times=list(self._times(column("valid_at"))),
            skies=cells.skies.row(zip(column("weather_code"), column("is_day"), strict=True)),
            temperatures=cells.temperatures.row(column("temperature")),
            chances=cells.chances.row(column("precipitation_probability")),
            amounts=cells.amounts.row(column("precipitation")),
            winds=[
                WindCell(format.speed(speed), format.arrow(speed, whence), force_class(speed))
                for speed, whence in winds
            ],
            gusts=cells.gusts.row(column("wind_gusts")),
        )

    def _times(self, moments: Sequence[datetime]) -> Iterator[TimeCell]:
        clock, zone = self._clock, self._clock.zone
        for number, moment in enumerate(moments):
            local = moment.astimezone(zone)
            is_first = not number or not local.hour
            yield TimeCell(clock.weekday_text(local) if is_first else "", clock.column_text(local))


def hours_of_day(report: Report, day: date, zone: ZoneInfo) -> Hours:
    """The hours of a local day that are still to come."""
    start, end = day_bounds(day, zone.key)
    return Hours.of(report.hours).between(start, end)
