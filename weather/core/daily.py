"""Local calendar days from hours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from weather.core import weather_codes
from weather.core.astronomy import astronomy, day_bounds, daylight
from weather.core.day_values import DayValues
from weather.core.models import Astronomy, Conditions, Coordinates, Day, Forecast

HOUR = timedelta(hours=1)

_FEWEST_HOURS = 12  # with a temperature, for which a forecast's last day is listed
# These are of the hour before `valid_at`, so that a forecast's first hour often has none.
_SUMS = ("precipitation", "precipitation_probability", "snowfall")
_FIELDS = tuple(field.name for field in fields(Conditions))
_VALID_AT = attrgetter("valid_at")
_VALUES: Callable[[Conditions], Any] = attrgetter(*_FIELDS[:-1])  # all but is_day


def with_daylight(forecast: Forecast, coordinates: Coordinates) -> Forecast:
    """The forecast with `is_day` of every hour."""
    is_light = daylight(coordinates)
    hours = tuple(
        # `replace` takes five times as long, and there are hundreds of hours.
        Conditions(*(*_VALUES(hour), is_light(hour.valid_at)))
        for hour in forecast.hours
    )
    return replace(forecast, hours=hours)


def with_earlier_hours(forecast: Forecast, previous: Forecast, since: datetime) -> Forecast:
    """The forecast with the hours from `since` on that only the one before it has, so that a
    provider's first step need not be a day's first hour."""
    if not forecast.hours:
        return forecast
    first, *others = forecast.hours
    earlier = [hour for hour in previous.hours if since <= hour.valid_at < first.valid_at]
    before = next((hour for hour in previous.hours if hour.valid_at == first.valid_at), first)
    sums = {name: getattr(before, name) for name in _SUMS if getattr(first, name) is None}
    return replace(forecast, hours=(*earlier, replace(first, **sums), *others))


def days(hours: Sequence[Conditions], coordinates: Coordinates, timezone: str) -> tuple[Day, ...]:
    """The days of a time zone (an IANA name), aggregated from ascending hours."""
    return tuple(_days(hours, coordinates, timezone))


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


def _days(hours: Sequence[Conditions], coordinates: Coordinates, timezone: str) -> Iterator[Day]:
    zone = ZoneInfo(timezone)
    times = list(map(_VALID_AT, hours))
    dates = [time.astimezone(zone).date() for time in times]
    # Only dates that have an hour: a provider's odd hour may be a thousand years ahead.
    for day in sorted(set(dates)):
        start, end = day_bounds(day, timezone)
        # A sum at midnight belongs to the day that ends with it.
        moments = DayValues(hours[bisect_left(times, start) : bisect_left(times, end)], start, end)
        spans = hours[bisect_right(times, start) : bisect_right(times, end)]
        sums = DayValues(spans, start, end, of_hour_before=True)
        # The few hours of a forecast's last day are no day of it.
        if day == dates[0] or day < dates[-1] or _count(moments.hours) >= _FEWEST_HOURS:
            yield _day(day, astronomy(coordinates, day, timezone), moments, sums)


def _count(hours: Sequence[Conditions]) -> int:
    return sum(hour.temperature is not None for hour in hours)


def _day(day: date, astronomy: Astronomy, moments: DayValues, sums: DayValues) -> Day:
    return Day(
        date=day,
        astronomy=astronomy,
        weather_code=moments.of_known("weather_code", weather_codes.most_severe),
        temperature_max=moments.summary("temperature", max),
        temperature_min=moments.summary("temperature", min),
        temperature_mean=moments.summary("temperature", fmean),
        apparent_temperature_max=moments.summary("apparent_temperature", max),
        apparent_temperature_min=moments.summary("apparent_temperature", min),
        precipitation=sums.total("precipitation"),
        precipitation_probability=sums.of_known("precipitation_probability", max),
        snowfall=sums.total("snowfall"),
        wind_speed=moments.summary("wind_speed", max),
        wind_gusts=sums.summary("wind_gusts", max),
        wind_direction=moments.wind_direction(),
        uv_index=moments.summary("uv_index", max),
        relative_humidity=moments.whole_mean("relative_humidity"),
        pressure_msl=moments.summary("pressure_msl", fmean),
        cloud_cover=moments.whole_mean("cloud_cover"),
    )
