"""Local calendar days from hours, and the current conditions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from weather.core import formulas, weather_codes
from weather.core.astronomy import astronomy, day_bounds, daylight, is_day
from weather.core.models import Conditions, Coordinates, Day, Forecast

HOUR = timedelta(hours=1)

_FEWEST_HOURS = 12  # of a day that is worth a summary
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


def current_at(forecast: Forecast, now: datetime, coordinates: Coordinates) -> Conditions | None:
    """The conditions at a moment: measured values where they are recent, the rest from the
    hour. None if the forecast does not cover the moment."""
    hour = hour_at(forecast, now)
    if hour is None:
        return None
    light = is_day(coordinates, now)
    measured = forecast.current
    if measured is None or not timedelta() <= now - measured.valid_at < HOUR:
        return replace(hour, is_day=light)
    known = {name: value for name in _FIELDS if (value := getattr(measured, name)) is not None}
    return replace(hour, **{**known, "is_day": light})


def hour_at(forecast: Forecast, now: datetime) -> Conditions | None:
    """The hour that a moment lies in, None if the forecast has none."""
    hour = next((hour for hour in reversed(forecast.hours) if hour.valid_at <= now), None)
    return hour if hour and now - hour.valid_at < HOUR else None


def _days(hours: Sequence[Conditions], coordinates: Coordinates, timezone: str) -> Iterator[Day]:
    zone = ZoneInfo(timezone)
    times = list(map(_VALID_AT, hours))
    dates = [time.astimezone(zone).date() for time in times]
    # Only dates that have an hour: a provider's odd hour may be a thousand years ahead.
    for day in sorted(set(dates)):
        start, end = day_bounds(day, timezone)
        # A sum at midnight belongs to the day that ends with it.
        moments = hours[bisect_left(times, start) : bisect_left(times, end)]
        spans = hours[bisect_right(times, start) : bisect_right(times, end)]
        # The few hours of a forecast's last day are no summary of it.
        if len(moments) >= _FEWEST_HOURS or day == dates[0]:
            yield _day(day, moments, spans, coordinates, timezone)


def _day(
    day: date,
    moments: Sequence[Conditions],
    spans: Sequence[Conditions],
    coordinates: Coordinates,
    timezone: str,
) -> Day:
    return Day(
        date=day,
        astronomy=astronomy(coordinates, day, timezone),
        weather_code=_aggregate(moments, "weather_code", weather_codes.most_severe),
        temperature_max=_aggregate(moments, "temperature", max),
        temperature_min=_aggregate(moments, "temperature", min),
        temperature_mean=_aggregate(moments, "temperature", fmean, 1),
        apparent_temperature_max=_aggregate(moments, "apparent_temperature", max),
        apparent_temperature_min=_aggregate(moments, "apparent_temperature", min),
        precipitation=_aggregate(spans, "precipitation", sum),
        precipitation_probability=_aggregate(spans, "precipitation_probability", max),
        snowfall=_aggregate(spans, "snowfall", sum),
        wind_speed=_aggregate(moments, "wind_speed", max),
        wind_gusts=_aggregate(spans, "wind_gusts", max),
        wind_direction=formulas.mean_direction(_winds(moments)),
        uv_index=_aggregate(moments, "uv_index", max),
        relative_humidity=_aggregate(moments, "relative_humidity", fmean, 0),
        pressure_msl=_aggregate(moments, "pressure_msl", fmean, 1),
        cloud_cover=_aggregate(moments, "cloud_cover", fmean, 0),
    )


def _aggregate(
    hours: Sequence[Conditions], name: str, summary: Callable[[list[Any]], Any], digits: int = 2
) -> Any:
    """One field's values summarized, without the missing ones; None if all are missing."""
    values = [value for hour in hours if (value := getattr(hour, name)) is not None]
    return round(summary(values), digits) if values else None


def _winds(hours: Sequence[Conditions]) -> list[tuple[float, float]]:
    return [
        (hour.wind_speed, hour.wind_direction)
        for hour in hours
        if hour.wind_speed is not None and hour.wind_direction is not None
    ]
