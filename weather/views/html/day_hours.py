"""The tables of hours: those of the next 24, and those of an opened day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from weather.core.models import Conditions, Report
from weather.views.html.cells import markup_cells, text_cells
from weather.views.html.clock import Clock
from weather.views.html.formatter import Formatter
from weather.views.html.wind_force import force_class

_NIL = "nil"  # the class of cells that say that nothing falls


@dataclass(frozen=True, slots=True)
class HourCells:
    """The cells of a table of hours, row by row, a column for each hour."""

    columns: int
    times: Markup
    skies: Markup
    temperatures: Markup
    chances: Markup  # of precipitation
    amounts: Markup  # of precipitation
    winds: Markup
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
        self._amount = cache(format.amount)

    def cells(self, hours: Sequence[Conditions]) -> HourCells:
        """The cells for hours: the weekday stands at the first one, and at the first of a day."""
        amounts = [hour.precipitation for hour in hours]
        chances = [hour.precipitation_probability for hour in hours]
        gusts = [hour.wind_gusts for hour in hours]
        return HourCells(
            columns=len(hours),
            times=_times_with_weekdays(hours, self._clock),
            skies=markup_cells([self._sky(hour.weather_code, hour.is_day) for hour in hours]),
            temperatures=text_cells([self._degrees(hour.temperature) for hour in hours]),
            chances=text_cells(
                ["–" if chance is None else self._percent(chance) for chance in chances],
                _nil_classes(chances),
            ),
            amounts=text_cells([self._amount(mm) for mm in amounts], _nil_classes(amounts)),
            winds=self._winds(hours),
            gusts=markup_cells(
                [self._speed(gust) for gust in gusts], [force_class(gust) for gust in gusts]
            ),
        )

    def _winds(self, hours: Sequence[Conditions]) -> Markup:
        """The speeds, with arrows where the wind has a direction."""
        winds = [(hour.wind_speed, hour.wind_direction) for hour in hours]
        return markup_cells(
            [self._wind(self._speed(speed), speed, to) for speed, to in winds],
            [force_class(speed) for speed, _ in winds],
        )


def _nil_classes(values: Sequence[float | None]) -> list[str]:
    return ["" if value else _NIL for value in values]


def hours_of_day(report: Report, day: date, zone: ZoneInfo) -> list[Conditions]:
    """The hours of a local day that are still to come."""
    return [hour for hour in report.hours if hour.valid_at.astimezone(zone).date() == day]


def _times_with_weekdays(hours: Sequence[Conditions], clock: Clock) -> Markup:
    cells = [
        f'<th scope="col"><small>{escape(weekday)}</small> {clock.column_text(hour.valid_at)}</th>'
        for hour, weekday in zip(hours, _weekdays(hours, clock), strict=True)
    ]
    return Markup("".join(cells))  # noqa: S704  # times are digits


def _weekdays(hours: Sequence[Conditions], clock: Clock) -> Iterator[str]:
    for n, hour in enumerate(hours):
        yield clock.weekday_at_midnight(hour.valid_at, always=n == 0)
