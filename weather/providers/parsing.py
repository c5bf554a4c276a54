"""Reading the fields of a response: a value of the expected kind, or None."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from weather.core.errors import UpstreamError
from weather.core.models import Coordinates
from weather.providers import ranges


def text(value: object) -> str | None:
    """Text without surrounding blanks; None where nothing is left."""
    return value.strip() if isinstance(value, str) and value.strip() else None


def mapping(value: object, provider: str) -> Mapping[str, Any]:
    """A JSON object. Raises `UpstreamError` for anything else."""
    if not isinstance(value, dict):
        raise UpstreamError(f"{provider} sent a response of an unknown form.")
    return value


def instant(value: object) -> datetime | None:
    """A UTC moment from ISO 8601 with an offset; None for another text or an implausible time."""
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return ranges.plausible_time(time) if time and time.tzinfo else None


def severity(value: object) -> int | None:
    """A warning's severity in CAP 1.2: 1 minor to 4 extreme."""
    word = value.lower() if isinstance(value, str) else ""
    return {"minor": 1, "moderate": 2, "severe": 3, "extreme": 4}.get(word)


def coordinates(latitude: object, longitude: object) -> Coordinates | None:
    """A point on the globe; None for (0, 0), which is how databases write "nowhere"."""
    north, east = ranges.LATITUDE.number(latitude), ranges.LONGITUDE.number(longitude)
    if north is None or east is None or (north, east) == (0, 0):
        return None
    return Coordinates(north, east)


def country_code(value: object) -> str | None:
    """ISO 3166-1 alpha-2, in capitals."""
    code = text(value)
    return code.upper() if code and len(code) == 2 and code.isascii() else None
