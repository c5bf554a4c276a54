"""Local calendar days, summed up from hours, and the gaps that other hours fill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from weather.core import formulas, weather_codes
from weather.core.astronomy import astronomy, day_bounds, is_day
from weather.core.models import Conditions, Coordinates, Day, Forecast

HOUR = timedelta(hours=1)


def with_days(forecast: Forecast, coordinates: Coordinates, timezone: str) -> Forecast:
    """The forecast with its days, and with daylight told for every hour."""
    hours = tuple(
        replace(hour, is_day=is_day(coordinates, hour.valid_at)) for hour in forecast.hours
    )
    days = tuple(_days(hours, coordinates, timezone))
    return replace(forecast, hours=hours, days=days, timezone=timezone)


def zone_name(name: str | None, coordinates: Coordinates) -> str:
    """The time zone if it is one, else that of the meridian, as ships at sea have it."""
    if name:
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    offset = round(coordinates.longitude / 15)
    # POSIX counts these names westward.
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"


def current_at(forecast: Forecast, now: datetime, coordinates: Coordinates) -> Conditions | None:
    """The conditions at a moment: measured values where they are recent, the rest from the
    hour. None if the forecast does not reach there."""
    hour = next((hour for hour in reversed(forecast.hours) if hour.valid_at <= now), None)
    if hour is None or now - hour.valid_at >= HOUR:
        return None
    daylight = is_day(coordinates, now)
    measured = forecast.current
    if measured is None or not timedelta() <= now - measured.valid_at < HOUR:
        return replace(hour, is_day=daylight)
    known = {
        each.name: value
        for each in fields(Conditions)
        if (value := getattr(measured, each.name)) is not None
    }
    return replace(hour, **{**known, "is_day": daylight})


def _days(hours: Sequence[Conditions], coordinates: Coordinates, timezone: str) -> Iterable[Day]:
    zone = ZoneInfo(timezone)
    # Of the hours there are: a provider's odd one may be a thousand years ahead.
    for day in sorted({hour.valid_at.astimezone(zone).date() for hour in hours}):
        start, end = day_bounds(day, timezone)
        # A sum stamped at midnight belongs to the day that has just ended.
        moments = [hour for hour in hours if start <= hour.valid_at < end]
        spans = [hour for hour in hours if start < hour.valid_at <= end]
        # A day of which little more than the night is known is no day to plan with.
        if len(moments) >= 12 or day == hours[0].valid_at.astimezone(zone).date():
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
    """A summary of what is known of one field, or None if nothing is."""
    values = [value for hour in hours if (value := getattr(hour, name)) is not None]
    return round(summary(values), digits) if values else None


def _winds(hours: Sequence[Conditions]) -> list[tuple[float, float]]:
    return [
        (hour.wind_speed, hour.wind_direction)
        for hour in hours
        if hour.wind_speed is not None and hour.wind_direction is not None
    ]
