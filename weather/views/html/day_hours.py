"""The tables of hours: those of the next 24, and those of each day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from weather.core.models import Conditions, Report
from weather.views.html.cells import markup_cells, text_cells, texts_of
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


def next_hours_cells(
    hours: Sequence[Conditions], clock: Clock, format: Formatter
) -> NextHoursCells:
    """The cells for the next hours: the weekday stands at the first hour of a day."""
    units = format.units
    amounts = [hour.precipitation for hour in hours]
    gusts = [hour.wind_gusts for hour in hours]
    return NextHoursCells(
        columns=len(hours),
        times=_times_with_weekdays(hours, clock),
        skies=_skies(hours, format),
        temperatures=text_cells(_temperatures(hours, format)),
        chances=text_cells(_chances(hours, format, missing="–")),
        winds=_winds(hours, format),
        amounts=text_cells(
            texts_of(amounts, lambda mm: units.precipitation.number(mm) if mm != 0 else "0")
        ),
        gusts=text_cells(texts_of(gusts, units.speed.number)),
    )


def day_cells(hours: Sequence[Conditions], clock: Clock, format: Formatter) -> HourCells:
    """The cells for hours of a day."""
    times = [clock.time_text(hour.valid_at) for hour in hours]
    return HourCells(
        columns=len(hours),
        times=text_cells(times, '<th scope="col">', "</th>"),
        skies=_skies(hours, format),
        temperatures=text_cells(_temperatures(hours, format), "<td><b>", "</b></td>"),
        chances=text_cells(_chances(hours, format, missing="")),
        winds=_winds(hours, format),
    )


def every_third_hour(report: Report, zone: ZoneInfo) -> dict[date, list[Conditions]]:
    """For each local day, the conditions at 0, 3, 6 … 21 o'clock that the report has.

    After a week, where forecasts are less precise, at 0, 6, 12 and 18 o'clock.
    """
    by_day: dict[date, list[Conditions]] = {}
    coarse_from = report.at.astimezone(zone).date() + _DETAILED_DAYS
    for hour in (*report.earlier, *report.hours):
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


def _skies(hours: Sequence[Conditions], format: Formatter) -> Markup:
    skies = [(hour.weather_code, hour.is_day) for hour in hours]
    return markup_cells(texts_of(skies, lambda sky: format.sky(*sky)))


def _temperatures(hours: Sequence[Conditions], format: Formatter) -> list[str]:
    return texts_of([hour.temperature for hour in hours], format.degrees)


def _chances(hours: Sequence[Conditions], format: Formatter, missing: str) -> list[str]:
    return texts_of(
        [hour.precipitation_probability for hour in hours],
        lambda percent: missing if percent is None else format.percent(percent),
    )


def _winds(hours: Sequence[Conditions], format: Formatter) -> Markup:
    """The speeds, with arrows where the wind has a direction."""
    winds = [(hour.wind_speed, hour.wind_direction) for hour in hours]
    number = format.units.speed.number
    return markup_cells(texts_of(winds, lambda wind: format.wind(*wind, number)))
