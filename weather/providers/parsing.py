"""Reading the fields of a response: a value of the expected kind, or None."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from weather.core import boundary, plain_text, ranges
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates

_MOST_ROWS = 1000  # of any list in a response; a forecast has 408 hours

Row = Mapping[str, Any]


def text(value: object, longest: int = boundary.HEADLINE) -> str | None:
    """One line of visible text; None where nothing is left."""
    return plain_text.line(value, longest) if isinstance(value, str) else None


def paragraphs(value: object) -> str | None:
    """Visible text with its line breaks; None where nothing is left."""
    return plain_text.paragraphs(value, boundary.DESCRIPTION) if isinstance(value, str) else None


def rows(value: object, provider: str) -> list[Row]:
    """The objects at the start of a list. Raises `UpstreamError` for anything but a list."""
    if not isinstance(value, list):
        raise UpstreamError(f"{provider} sent a response of an unknown form.")
    return [row for row in value[:_MOST_ROWS] if isinstance(row, dict)]


def series(value: object, provider: str) -> list[Any]:
    """A list with a value for each hour. Raises `UpstreamError` for anything else, and for more
    hours than any forecast has: each costs time."""
    if not isinstance(value, list) or len(value) > _MOST_ROWS:
        raise UpstreamError(f"{provider} sent a response of an unknown form.")
    return value


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
    return boundary.COUNTRY_CODE(code.upper()) if code else None
