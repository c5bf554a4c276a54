"""The tables of hours: those of the next 24, and those of each day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from weather.core.models import Conditions, Report
from weather.views.html.cells import markup_cells, text_cells
from weather.views.html.clock import Clock
from weather.views.html.formatter import Formatter

_DETAILED_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class HourCells:
    """The cells of a table of hours, row by row, a column for each hour."""

    columns: int
    times: Markup
    skies: Markup
    temperatures: Markup
    chances: Markup  # of precipitation
    winds: Markup


@dataclass(frozen=True, slots=True)
class NextHoursCells(HourCells):
    """Those of the table of the next hours, which has more rows."""

    amounts: Markup  # of precipitation
    gusts: Markup


class HourTable:
    """Makes the cells of a page's tables. Equal values are formatted once for all of them."""

    def __init__(self, clock: Clock, format: Formatter) -> None:
        units = format.units
        self._clock = clock
        self._sky = cache(format.sky)
        self._degrees = cache(format.degrees)
        self._percent = cache(format.percent)
        self._wind = format.wind
        self._speed = cache(lambda speed: escape(units.speed.number(speed)))
        self._amount = cache(units.precipitation.number)

    def next_hours(self, hours: Sequence[Conditions]) -> NextHoursCells:
        """The cells for the next hours: the weekday stands at the first hour of a day."""
        amounts = [hour.precipitation for hour in hours]
        return NextHoursCells(
            columns=len(hours),
            times=_times_with_weekdays(hours, self._clock),
            skies=self._skies(hours),
            temperatures=text_cells(self._temperatures(hours)),
            chances=text_cells(self._chances(hours, missing="–")),
            winds=self._winds(hours),
            amounts=text_cells(["0" if mm == 0 else self._amount(mm) for mm in amounts]),
            gusts=markup_cells([self._speed(hour.wind_gusts) for hour in hours]),
        )

    def day(self, hours: Sequence[Conditions]) -> HourCells:
        """The cells for hours of a day."""
        times = [self._clock.time_text(hour.valid_at) for hour in hours]
        return HourCells(
            columns=len(hours),
            times=text_cells(times, '<th scope="col">', "</th>"),
            skies=self._skies(hours),
            temperatures=text_cells(self._temperatures(hours), "<td><b>", "</b></td>"),
            chances=text_cells(self._chances(hours, missing="")),
            winds=self._winds(hours),
        )

    def _skies(self, hours: Sequence[Conditions]) -> Markup:
        return markup_cells([self._sky(hour.weather_code, hour.is_day) for hour in hours])

    def _temperatures(self, hours: Sequence[Conditions]) -> list[str]:
        return [self._degrees(hour.temperature) for hour in hours]

    def _chances(self, hours: Sequence[Conditions], missing: str) -> list[str]:
        chances = [hour.precipitation_probability for hour in hours]
        return [missing if chance is None else self._percent(chance) for chance in chances]

    def _winds(self, hours: Sequence[Conditions]) -> Markup:
        """The speeds, with arrows where the wind has a direction."""
        winds = [(hour.wind_speed, hour.wind_direction) for hour in hours]
        return markup_cells([self._wind(self._speed(speed), speed, to) for speed, to in winds])


def every_third_hour(report: Report, zone: ZoneInfo) -> dict[date, list[Conditions]]:
    """For each local day, the conditions at 0, 3, 6 … 21 o'clock that are still to come.

    After a week, where forecasts are less precise, at 0, 6, 12 and 18 o'clock.
    """
    by_day: dict[date, list[Conditions]] = {}
    coarse_from = report.at.astimezone(zone).date() + _DETAILED_DAYS
    for hour in report.hours:
        local = hour.valid_at.astimezone(zone)
        if local.hour % 3 == 0:
            day = local.date()
            if day < coarse_from or local.hour % 6 == 0:
                by_day.setdefault(day, []).append(hour)
    return by_day


def _times_with_weekdays(hours: Sequence[Conditions], clock: Clock) -> Markup:
    cells = [
        f'<th scope="col"><small>{escape(weekday)}</small> {clock.time_text(hour.valid_at)}</th>'
        for hour, weekday in zip(hours, _weekdays(hours, clock), strict=True)
    ]
    return Markup("".join(cells))  # noqa: S704  # times are digits


def _weekdays(hours: Sequence[Conditions], clock: Clock) -> Iterator[str]:
    for n, hour in enumerate(hours):
        yield clock.weekday_at_midnight(hour.valid_at, always=n == 0)
