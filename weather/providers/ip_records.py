"""The record of a city database as a place: nested as in GeoLite2 and DB-IP City Lite, or flat
as in their repackagings on npm.

https://db-ip.com/db/format/ip-to-location/mmdb.html
https://github.com/sapics/ip-location-db
"""

from __future__ import annotations

import re
from typing import Any

from weather.core.models import Place
from weather.providers.parsing import coordinates, country_code, text

DB_IP = "DB-IP City Lite"
GEOLITE2 = "GeoLite2 City"

_Path = tuple[str | int, ...]


def place(record: object) -> Place | None:
    """None without a point, and without a city: the point is then the middle of a country."""
    point = coordinates(
        _value(record, ("latitude",), ("location", "latitude")),
        _value(record, ("longitude",), ("location", "longitude")),
    )
    city = _city(_text(record, ("city",), ("city", "names", "en")))
    if point is None or city is None:
        return None
    return Place(
        coordinates=point.rounded(4),
        name=city,
        region=_text(record, ("state1",), ("subdivisions", 0, "names", "en")),
        country=_text(record, ("country", "names", "en")),
        country_code=country_code(_value(record, ("country_code",), ("country", "iso_code"))),
        timezone=_text(record, ("timezone",), ("location", "time_zone")),
    )


def _city(name: str | None) -> str | None:
    """DB-IP's "Zurich (Zurich (Kreis 1) / Hochschulen)" without the quarter: an address is not
    known that precisely."""
    return text(re.split(r"[(\[]", name, maxsplit=1)[0]) if name else None


def _text(record: object, *paths: _Path) -> str | None:
    """The first text at one of the paths."""
    return next((value for path in paths if (value := text(_at(record, path)))), None)


def _value(record: object, *paths: _Path) -> object:
    """The first value at one of the paths."""
    values = (_at(record, path) for path in paths)
    return next((value for value in values if value is not None), None)


def _at(record: Any, path: _Path) -> object:
    """The value at the end of a path, or None where it leads nowhere."""
    try:
        for step in path:
            record = record[step]
    except (LookupError, TypeError):
        return None
    value: object = record
    return value
