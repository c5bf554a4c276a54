"""The limits of forecasts, of their hours, days and next two hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from weather.core import ranges
from weather.core.boundary.columns import days_are_within, hours_are_within
from weather.core.boundary.conditions import CONDITIONS, DAY
from weather.core.boundary.places import CREDIT, ZONE_NAME
from weather.core.boundary.sizes import (
    CREDITS,
    DAYS,
    HOURS,
    HOURS_WITH_EARLIER,
    NAME,
    QUARTERS,
)
from weather.core.limits import Rule, is_sequence, line, moment, number, pattern, record, rows
from weather.core.models import CellForecast, Conditions, Day, Forecast, Nowcast
from weather.core.models.rows import Days, Hours

_HEADER_VALUE = r"[!-~](?:[ -~]{0,98}[!-~])?"


def hours(most: int) -> Rule:
    """The first hours, ascending, each moment once."""

    def rule(value: Any) -> Sequence[Conditions] | None:
        if not isinstance(value, tuple | Hours):
            return None
        first = value if len(value) <= most else value[:most]
        if isinstance(first, Hours) and hours_are_within(first):
            return first
        try:
            by_time = {hour.valid_at: hour for hour in filter(None, map(CONDITIONS, first))}
        except (OverflowError, TypeError, ValueError):  # a column of moments beyond all calendars
            return None
        return tuple(by_time[time] for time in sorted(by_time))

    return rule


def days(value: Any) -> Sequence[Day] | None:
    """The first days."""
    if isinstance(value, Days):
        first = value if len(value) <= DAYS else value[:DAYS]
        if days_are_within(first):
            return first
        value = first
    try:
        allowed: Sequence[Day] | None = rows(DAY, DAYS)(value)
    except (OverflowError, TypeError, ValueError):  # a column of moments beyond all calendars
        return None
    return allowed


def _amounts(value: Any) -> tuple[float | None, ...] | None:
    """The amounts of the first quarters of an hour, those out of range being unknown."""
    if not is_sequence(value):
        return None
    allowed = number(ranges.PRECIPITATION)
    return tuple(None if item is None else allowed(item) for item in value[:QUARTERS])


NOWCAST = record(Nowcast, {"starts_at": moment, "amounts": _amounts})


def zone(value: Any) -> str | None:
    """An IANA time zone that this system has."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # health probes load this module

    name = pattern(ZONE_NAME)(value)
    try:
        return name and ZoneInfo(name).key
    except (LookupError, ValueError, OSError):
        return None


def _forecast(most_hours: int) -> Rule:
    return record(
        Forecast,
        {
            "provider": line(50),
            "credits": rows(CREDIT, CREDITS),
            "hours": hours(most_hours),
            "current": CONDITIONS,
            "model": line(NAME),
            "issued_at": moment,
            "elevation": number(ranges.ELEVATION),
            "timezone": pattern(ZONE_NAME),
            "validator": pattern(_HEADER_VALUE),
            "expires_at": moment,
            "nowcast": NOWCAST,
        },
    )


FORECAST = _forecast(HOURS)
CELL_FORECAST = record(
    CellForecast,
    {"forecast": _forecast(HOURS_WITH_EARLIER), "timezone": zone, "days": days},
)
