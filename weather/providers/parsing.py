"""Reading what an upstream sent: each field is what it should be, or None."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from weather.core.errors import InvalidLocation, UpstreamError
from weather.core.models import Coordinates


def number(value: object) -> float | None:
    """A finite number, also where it comes as text."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:  # an integer beyond a float's range
        return None


def whole(value: object) -> int | None:
    found = number(value)
    return int(found) if found is not None and found == int(found) else None


def scaled(value: object, factor: float, digits: int = 1) -> float | None:
    found = number(value)
    return None if found is None else round(found * factor, digits)


def text(value: object) -> str | None:
    """Text that says something."""
    return value.strip() if isinstance(value, str) and value.strip() else None


def mapping(value: object, provider: str) -> Mapping[str, Any]:
    """A JSON object. Raises `UpstreamError` for anything else."""
    if not isinstance(value, dict):
        raise UpstreamError(f"{provider} gave an answer of an unknown form.")
    return value


def moment(value: object) -> datetime | None:
    """A UTC moment from seconds since 1970."""
    seconds = number(value)
    try:
        return None if seconds is None else _of_time(datetime.fromtimestamp(seconds, UTC))
    except (OverflowError, ValueError, OSError):
        return None


def instant(value: object) -> datetime | None:
    """A UTC moment from ISO 8601 with an offset."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        return _of_time(found.astimezone(UTC)) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _of_time(found: datetime) -> datetime | None:
    """One that has a day before it and a day after, in every time zone."""
    return found if 1 < found.year < 9999 else None


def severity(value: object) -> int | None:
    """A warning's severity in CAP 1.2: 1 minor to 4 extreme."""
    word = value.lower() if isinstance(value, str) else ""
    return {"minor": 1, "moderate": 2, "severe": 3, "extreme": 4}.get(word)


def coordinates(latitude: object, longitude: object) -> Coordinates | None:
    """A point on the globe; (0, 0) is how databases write "nowhere"."""
    found = number(latitude), number(longitude)
    if found[0] is None or found[1] is None or found == (0, 0):
        return None
    try:
        return Coordinates(found[0], found[1])
    except InvalidLocation:
        return None


def country_code(value: object) -> str | None:
    found = text(value)
    return found.upper() if found and len(found) == 2 and found.isascii() else None
