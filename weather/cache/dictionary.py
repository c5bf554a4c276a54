"""The text that the compressor of stored entries knows beforehand.

Most of a forecast's header is the same in all: the names of fields, and descriptions of columns.
Without this text it would be a third of the entry. It belongs to the stored form: bytes that were
compressed with another text are refused.
"""

from __future__ import annotations

import json
from typing import Any

from weather.core.attribution import CC_BY_4
from weather.core.models import Days, Hours

_MOMENT = {"type": "i16", "scale": 1, "quantity": "moment", "sums": "i32", "first": 1_795_680_000}
_UNSCALED = ("relative_humidity", "precipitation_probability", "cloud_cover")


def _columns(names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _description(name) for name in names}


def _description(name: str) -> dict[str, Any]:
    if name == "valid_at":
        return {"scale": 1, "quantity": "moment", "start": 1_795_647_600, "step": 3600}
    if name.startswith("astronomy."):
        return {**_MOMENT, "stride": 86_400, "at": 64}
    if name in _UNSCALED:
        return {"type": "i8", "scale": 1, "at": 0}
    if name.startswith(("temperature", "apparent", "pressure")):
        return {"type": "i8", "scale": 10, "sums": "i16", "first": 100, "at": 0}
    return {"type": "i16", "scale": 10, "at": 0}


def _text() -> bytes:
    """The forecast last: what is nearest to the start of an entry takes the fewest bits."""
    credit = {"text": "Weather data by ", "url": "https://", "licence": CC_BY_4[0]}
    head = {
        "kind": "entry",
        "value": {
            "kind": "cell-forecast",
            "forecast": {
                "kind": "forecast",
                "provider": "open-meteo",
                "credits": [{"kind": "credit", **credit, "licence_url": CC_BY_4[1]}],
                "hours": {"count": 384, "columns": _columns(Hours.NAMES)},
                "current": {"kind": "conditions", **dict.fromkeys(Hours.NAMES)},
                "model": None,
                "issued_at": None,
                "elevation": 0.0,
                "timezone": "Europe/Berlin",
                "validator": None,
                "expires_at": None,
            },
            "timezone": "America/New_York",
            "days": {"count": 16, "columns": _columns(Days.NAMES)},
        },
        "fetched_at": {"time": "2026-11-26T14:00:00.000000+00:00"},
        "expires_at": {"time": "2026-11-26T14:15:00+00:00"},
        "status": {"status": "hit"},
    }
    return json.dumps(head, separators=(",", ":")).encode()


DICTIONARY = _text()
