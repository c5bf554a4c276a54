"""Local calendar days from hours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from weather.core.astronomy import day_bounds, day_seconds, daylight
from weather.core.day_aggregates import PHENOMENA, LocalHours
from weather.core.day_astronomy import Sky, sky_of
from weather.core.day_values import DayValues
from weather.core.daylight import Daylight
from weather.core.models import Conditions, Coordinates, Day, Days, Forecast, Hours
from weather.core.models.column import Column
from weather.core.models.lazy_records import lazy_day

HOUR = timedelta(hours=1)

_FEWEST_HOURS = 12  # with a temperature, for which a forecast's last day is listed


def with_daylight(forecast: Forecast, coordinates: Coordinates) -> Forecast:
    """The forecast with `is_day` of every hour."""
    hours = Hours.of(forecast.hours)
    if not hours:
        return forecast
    columns = hours.packed()
    try:
        columns["is_day"] = Daylight.at(coordinates, columns["valid_at"])
    except ValueError:  # moments that are no whole seconds
        light = daylight(coordinates, hours.seconds())
        return replace(forecast, hours=hours.with_columns(is_day=light))
    return replace(forecast, hours=Hours.of_packed(columns))


def with_earlier_hours(forecast: Forecast, previous: Forecast, since: datetime) -> Forecast:
    """The forecast with the hours from `since` on that only the one before it has, so that a
    provider's first step need not be a day's first hour."""
    hours, before = Hours.of(forecast.hours), Hours.of(previous.hours)
    earlier = before.between(since, hours[0].valid_at) if hours else before[:0]
    return replace(forecast, hours=earlier.followed_by(hours)) if earlier else forecast


def days(
    hours: Sequence[Conditions],
    coordinates: Coordinates,
    timezone: str,
    previous: Days | None = None,
) -> Days:
    """The days of a time zone (an IANA name), aggregated from ascending hours. What of sun and moon
    has been computed for the `previous` ones of the same place is taken over."""
    rows = Hours.of(hours)
    dates = _dates(rows, timezone)
    if not dates:
        return Days.of_packed({})
    column = Column.of(dates)
    known = None if previous is None else sky_of(previous, timezone)
    sky = Sky(coordinates, timezone, column, known)
    aggregates = LocalHours(rows, timezone).by_day(column)
    return Days.of_packed({"date": column, **sky.columns(), **aggregates})


def rest_of_day(day: Day, hours: Sequence[Conditions], timezone: str) -> Day:
    """The day with the precipitation, the condition, the wind and the UV index of those `hours`
    alone that begin on it: of what of a day has passed, nothing is forecast. Its temperatures
    stay those of the whole day."""
    coming = Hours.of(hours)
    start, end = day_bounds(day.date, timezone)
    rest = coming[: coming.count_before(end)]
    bounds = [(rest[0].valid_at if rest else start, end)]
    values = DayValues(rest, bounds)

    def read(name: str) -> Any:
        aggregate = PHENOMENA.get(name)
        return aggregate(values).value(0) if aggregate else attrgetter(name)(day)

    return lazy_day(read)


def valid_zone(name: str | None) -> str | None:
    """The time zone's name if there is such a zone."""
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def nautical_zone(coordinates: Coordinates) -> str:
    """The time zone of the meridian, as ships at sea have it."""
    offset = round(coordinates.longitude / 15)
    # POSIX counts these names westward.
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"


def _dates(hours: Hours, timezone: str) -> list[date]:
    """The local dates that have an hour: a provider's odd hour may be a thousand years ahead. The
    few hours of a forecast's last day are no day of it."""
    zone, seconds, days, row = ZoneInfo(timezone), hours.seconds(), set(), 0
    while row < len(seconds):
        day = datetime.fromtimestamp(seconds[row], zone).date()
        days.add(day)
        # The next row at least: a day's end may be before it where clocks are set back past it.
        row = max(row + 1, bisect_left(seconds, day_seconds(day, timezone)[1], row))
    dates = sorted(days)
    if len(dates) > 1 and _count(hours.between(*day_bounds(dates[-1], timezone))) < _FEWEST_HOURS:
        dates.pop()
    return dates


def _count(hours: Hours) -> int:
    return sum(value is not None for value in hours.column("temperature"))
