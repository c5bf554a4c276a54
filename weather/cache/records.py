"""The records that a cache stores, under names that do not depend on modules or classes.

A record is a JSON object of its fields and its kind. A moment is `{"time": ISO 8601}`, a date
`{"date": ISO 8601}`, a duration `{"microseconds": n}`; a list is a tuple. The hours and days of a
forecast are columns in a buffer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from weather.cache import columns
from weather.cache.entry import Entry, Failure, Status
from weather.core import daily
from weather.core.boundary.columns import hours_are_within
from weather.core.boundary.sizes import DAYS
from weather.core.day_aggregates import LocalHours
from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout, UpstreamUnavailable
from weather.core.models import (
    AirQuality,
    Alert,
    AlertText,
    Astronomy,
    CellForecast,
    Conditions,
    Coordinates,
    Credit,
    Day,
    Days,
    Forecast,
    Hours,
    LocatorResult,
    Nowcast,
    Place,
)
from weather.core.models.rows import Rows

KINDS: dict[str, type] = {
    "air-quality": AirQuality,
    "alert": Alert,
    "alert-text": AlertText,
    "astronomy": Astronomy,
    "cell-forecast": CellForecast,
    "conditions": Conditions,
    "coordinates": Coordinates,
    "credit": Credit,
    "day": Day,
    "entry": Entry,
    "failure": Failure,
    "forecast": Forecast,
    "locator-result": LocatorResult,
    "nowcast": Nowcast,
    "place": Place,
}
ERRORS: dict[str, type[UpstreamError]] = {
    "call-skipped": CallSkipped,
    "upstream-error": UpstreamError,
    "upstream-timeout": UpstreamTimeout,
    "upstream-unavailable": UpstreamUnavailable,
}
_KIND_OF: dict[type, str] = {record: kind for kind, record in (KINDS | ERRORS).items()}
_FIELDS = {kind: tuple(field.name for field in fields(record)) for kind, record in KINDS.items()}
_ROWS: dict[str, tuple[str, type[Rows[Any]]]] = {
    "forecast": ("hours", Hours),
    "cell-forecast": ("days", Days),
}
_MICROSECOND = timedelta(microseconds=1)
_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    datetime: lambda moment: {"time": moment.isoformat()},
    date: lambda day: {"date": day.isoformat()},
    timedelta: lambda duration: {"microseconds": duration // _MICROSECOND},
    Status: lambda status: {"status": status.value},
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "microseconds": lambda number: timedelta(microseconds=number),
    "status": Status,
}


def writer(buffer: columns.Buffer) -> Callable[[object], dict[str, Any]]:
    """What `json.dumps` takes as `default`. It raises `TypeError` for what has no kind."""

    def write(value: object) -> dict[str, Any]:
        if write_plain := _WRITERS.get(type(value)):
            return write_plain(value)
        kind = next((_KIND_OF[base] for base in type(value).__mro__ if base in _KIND_OF), None)
        if kind is None:
            raise TypeError(f"{type(value).__name__} has no kind in the cache")
        if kind in ERRORS:
            return {"kind": kind, **vars(value)}
        record = {name: getattr(value, name) for name in _FIELDS[kind]}
        if kind in _ROWS:
            name, _ = _ROWS[kind]
            local = None
            if isinstance(value, CellForecast):
                local = _local_hours(value.forecast, value.timezone, len(value.days))
            record[name] = columns.encode(record[name], buffer, local)
        return {"kind": kind, **record}

    return write


def _local_hours(forecast: object, timezone: object, days: int) -> LocalHours | None:
    """The hours whose aggregates the days may be; None for those that need not be aggregated
    without an error."""
    if not isinstance(forecast, Forecast) or not isinstance(timezone, str) or days > DAYS:
        return None
    hours = Hours.of(forecast.hours)
    is_plain = daily.valid_zone(timezone) is not None and hours_are_within(hours)
    return LocalHours(hours, timezone) if is_plain else None


def reader(data: memoryview) -> Callable[[dict[str, Any]], Any]:
    """What `json.loads` takes as `object_hook`. It raises `ValueError`, `KeyError`, `TypeError`
    or `InvalidLocation` for an object that is none of these records."""

    def read(value: dict[str, Any]) -> Any:
        kind = value.pop("kind", None)
        if kind is None:
            return _read_untagged(value)
        if kind in ERRORS:
            return ERRORS[kind](**value)
        if kind not in KINDS:
            raise ValueError(f"unknown kind {kind!r:.40}")
        if set(value) != set(_FIELDS[kind]):
            raise ValueError(f"a record {kind} of another form")
        if kind in _ROWS:
            name, form = _ROWS[kind]
            # Within a record of days those of its hours have been read.
            days = value[name]["count"]
            local = _local_hours(value.get("forecast"), value.get("timezone"), days)
            value[name] = columns.decode(form, value[name], data, local)
        return KINDS[kind](**{name: _as_tuple(field) for name, field in value.items()})

    return read


def _read_untagged(value: dict[str, Any]) -> Any:
    if len(value) == 1:
        ((tag, written),) = value.items()
        read_plain = _READERS.get(tag)
        if read_plain and not isinstance(written, dict | list):  # a column has the name of a tag
            return read_plain(written)
    return value  # the description of columns


def _as_tuple(value: Any) -> Any:
    """Records are frozen: their lists are tuples."""
    return tuple(value) if isinstance(value, list) else value
