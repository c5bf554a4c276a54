"""The current conditions of a forecast."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from weather.core.astronomy import is_day
from weather.core.models import Conditions, Coordinates, Forecast, Hours
from weather.core.models.lazy_records import lazy_conditions

HOUR = timedelta(hours=1)

_FARTHEST = 3 * HOUR  # of an hour that stands for the present one, as between synoptic hours


def covers(forecast: Forecast, now: datetime) -> bool:
    """Whether the forecast has conditions for a moment."""
    return _hour_at(forecast, now) is not None or _measured_at(forecast, now) is not None


def current_at(forecast: Forecast, now: datetime, coordinates: Coordinates) -> Conditions | None:
    """The conditions at a moment: measured values where they are recent, the rest from the
    hour, or from the nearest one if that is missing. None if the forecast does not cover the
    moment."""
    measured, hour = _measured_at(forecast, now), _hour_at(forecast, now)
    base = hour or measured
    if base is None:
        return None
    sources = (measured, base) if measured else (base,)

    def read(name: str) -> Any:
        if name == "is_day":
            return is_day(coordinates, now)
        values = (getattr(source, name) for source in sources)
        return next((value for value in values if value is not None), None)

    return lazy_conditions(read)


def _measured_at(forecast: Forecast, now: datetime) -> Conditions | None:
    """The measured conditions, unless they are old or the forecast has ended."""
    measured = forecast.current
    if measured is None or not timedelta() <= now - measured.valid_at < HOUR:
        return None
    hours = Hours.of(forecast.hours)
    return measured if hours.count_until(now - HOUR) < len(hours) else None


def _hour_at(forecast: Forecast, now: datetime) -> Conditions | None:
    """The hour that a moment lies in. If it is missing, the nearest of the hours around the
    moment; None before, after, and in a longer gap of the forecast."""
    hours = Hours.of(forecast.hours)
    position = hours.count_until(now)
    before = hours[position - 1] if position else None
    if before and now - before.valid_at < HOUR:
        return before
    if position == len(hours):
        return None
    near = [
        hour for hour in (before, hours[position]) if hour and abs(hour.valid_at - now) <= _FARTHEST
    ]
    return min(near, key=lambda hour: abs(hour.valid_at - now), default=None)
