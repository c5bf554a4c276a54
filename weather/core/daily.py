"""Local calendar days from hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from weather.core import weather_codes
from weather.core.astronomy import astronomy, day_bounds, daylight
from weather.core.day_values import DayValues, HourValues
from weather.core.models import Astronomy, Conditions, Coordinates, Day, Forecast, Hours

HOUR = timedelta(hours=1)

_FEWEST_HOURS = 12  # with a temperature, for which a forecast's last day is listed


def with_daylight(forecast: Forecast, coordinates: Coordinates) -> Forecast:
    """The forecast with `is_day` of every hour."""
    hours = Hours.of(forecast.hours)
    if not hours:
        return forecast
    light = daylight(coordinates, hours.seconds())
    return replace(forecast, hours=hours.with_columns(is_day=light))


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
    known: Mapping[date, Astronomy] | None = None,
) -> tuple[Day, ...]:
    """The days of a time zone (an IANA name), aggregated from ascending hours. Sun and moon are
    those that are `known` of the same place and zone, or computed."""
    return tuple(_days(Hours.of(hours), coordinates, timezone, known or {}))


def rest_of_day(day: Day, hours: Sequence[Conditions], timezone: str) -> Day:
    """The day with the precipitation, the condition, the wind and the UV index of those `hours`
    alone that begin on it: of what of a day has passed, nothing is forecast. Its temperatures
    stay those of the whole day."""
    coming = Hours.of(hours)
    start, end = day_bounds(day.date, timezone)
    rest = coming[: coming.count_before(end)]
    start = rest[0].valid_at if rest else start
    return replace(day, **_phenomena(*HourValues(rest).day(start, end)))


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


def _days(
    hours: Hours, coordinates: Coordinates, timezone: str, known: Mapping[date, Astronomy]
) -> Iterator[Day]:
    dates, values = _dates(hours, timezone), HourValues(hours)
    for day in dates:
        moments, sums = values.day(*day_bounds(day, timezone))
        # The few hours of a forecast's last day are no day of it.
        if day == dates[0] or day < dates[-1] or _count(moments) >= _FEWEST_HOURS:
            sky = known.get(day) or astronomy(coordinates, day, timezone)
            yield _day(day, sky, moments, sums)


def _dates(hours: Hours, timezone: str) -> list[date]:
    """The local dates that have an hour: a provider's odd hour may be a thousand years ahead."""
    zone, dates, row = ZoneInfo(timezone), set(), 0
    while row < len(hours):
        day = hours.value("valid_at", row).astimezone(zone).date()
        dates.add(day)
        # The next row at least: a day's end may be before it where clocks are set back past it.
        row = max(row + 1, hours.count_before(day_bounds(day, timezone)[1]))
    return sorted(dates)


def _count(moments: DayValues) -> int:
    return sum(value is not None for value in moments.values("temperature"))


def _day(day: date, astronomy: Astronomy, moments: DayValues, sums: DayValues) -> Day:
    return Day(
        date=day,
        astronomy=astronomy,
        temperature_max=moments.summary("temperature", max),
        temperature_min=moments.summary("temperature", min),
        temperature_mean=moments.mean("temperature"),
        apparent_temperature_max=moments.summary("apparent_temperature", max),
        apparent_temperature_min=moments.summary("apparent_temperature", min),
        relative_humidity=moments.whole_mean("relative_humidity"),
        pressure_msl=moments.mean("pressure_msl"),
        cloud_cover=moments.whole_mean("cloud_cover"),
        **_phenomena(moments, sums),
    )


def _phenomena(moments: DayValues, sums: DayValues) -> dict[str, Any]:
    """The fields of a day that say what happens on it."""
    return {
        "weather_code": moments.of_known("weather_code", weather_codes.most_severe),
        "precipitation": sums.total("precipitation"),
        "precipitation_probability": sums.of_known("precipitation_probability", max),
        "snowfall": sums.total("snowfall"),
        "wind_speed": moments.summary("wind_speed", max),
        "wind_gusts": sums.summary("wind_gusts", max),
        "wind_direction": moments.wind_direction(),
        "uv_index": moments.summary("uv_index", max),
    }
