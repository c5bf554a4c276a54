"""The current conditions of a forecast."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta

from weather.core.astronomy import is_day
from weather.core.models import Conditions, Coordinates, Forecast

HOUR = timedelta(hours=1)

_FARTHEST = 3 * HOUR  # of an hour that stands for the present one, as between synoptic hours
_FIELDS = tuple(field.name for field in fields(Conditions))


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
    values = {
        name: value
        for name in _FIELDS
        if measured and (value := getattr(measured, name)) is not None
    }
    return replace(base, **{**values, "is_day": is_day(coordinates, now)})


def _measured_at(forecast: Forecast, now: datetime) -> Conditions | None:
    """The measured conditions, unless they are old or the forecast has ended."""
    measured = forecast.current
    if measured is None or not timedelta() <= now - measured.valid_at < HOUR:
        return None
    return measured if forecast.hours and forecast.hours[-1].valid_at > now - HOUR else None


def _hour_at(forecast: Forecast, now: datetime) -> Conditions | None:
    """The hour that a moment lies in. If it is missing, the nearest of the hours around the
    moment; None before, after, and in a longer gap of the forecast."""
    before = next((hour for hour in reversed(forecast.hours) if hour.valid_at <= now), None)
    if before and now - before.valid_at < HOUR:
        return before
    after = next((hour for hour in forecast.hours if hour.valid_at > now), None)
    if after is None:
        return None
    near = [hour for hour in (before, after) if hour and abs(hour.valid_at - now) <= _FARTHEST]
    return min(near, key=lambda hour: abs(hour.valid_at - now), default=None)
