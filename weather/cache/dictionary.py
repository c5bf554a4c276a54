"""The text that the compressor of stored entries knows beforehand.

Most of an entry's header is the same in all: the names of fields, and descriptions of columns.
Without this text it would be a third of the entry. It belongs to the stored form: bytes that were
compressed with another text are refused.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from weather.core.attribution import CC_BY_4
from weather.core.models import AirQuality, Hours

# How the columns of most forecasts are described, in the order in which they are stored. What
# differs takes some bytes in an entry, as does a column that is not here.
_HOURS: dict[str, list[Any]] = {
    "is_day": ["follows", 40.71, -74.01],
    "snowfall": ["decimal/1 i8 i8 gaps"],
    "shortwave_radiation": ["decimal/10 i16 i16 gaps"],
    "precipitation": ["decimal/100 i16 i16 gaps"],
    "precipitation_probability": ["decimal/1 i8 i8 gaps"],
    "uv_index": ["decimal/100 i16 i16"],
    "diffuse_radiation": ["decimal/10 i16 i8 gaps", ["shortwave_radiation", 1433, 383]],
    "weather_code": ["int i8 i8"],
    "wind_direction": ["decimal/1 i16 i8", 179],
    "wind_speed": ["decimal/10 i16 i8", 172, -1],
    "temperature": ["decimal/10 i16 i8", 147, -2],
    "relative_humidity": ["decimal/1 i8 i8", 79],
    "apparent_temperature": ["decimal/10 i16 i8", ["formula"]],
    "pressure_msl": ["decimal/10 i16 i8", 10_112, -2],
    "visibility": ["decimal/100 i16 i16", ["relative_humidity", -186_564, 28_690_266]],
    "wind_gusts": ["decimal/10 i16 i8 gaps", ["wind_speed", 8769, -58_729]],
    "dew_point": ["follows"],
    "cloud_cover": ["decimal/1 i8 i8", 78],
    "valid_at": ["moment/1 range", 1_795_647_600, 3600],
}
_FOLLOWS = ["follows"]
_DAYS: dict[str, list[Any]] = {
    "astronomy": ["follows", 40.71, -74.01],
    **dict.fromkeys(
        (
            *("temperature_max", "temperature_min", "temperature_mean"),
            *("apparent_temperature_max", "apparent_temperature_min"),
            *("relative_humidity", "pressure_msl", "cloud_cover", "weather_code", "precipitation"),
            *("precipitation_probability", "snowfall", "wind_speed", "wind_gusts"),
            *("wind_direction", "uv_index"),
        ),
        _FOLLOWS,
    ),
    "date": ["date i32 i8", 739_946, 1],
}


def _entry(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "entry",
        "value": value,
        "fetched_at": {"time": "2026-11-26T14:00:00.000000+00:00"},
        "expires_at": {"time": "2026-11-26T14:15:00.000000+00:00"},
        "status": {"status": "hit"},
    }


def _credits(text: str, url: str) -> list[dict[str, Any]]:
    of = {"text": text, "url": url, "licence": CC_BY_4[0], "licence_url": CC_BY_4[1]}
    return [{"kind": "credit", **of}]


def _text() -> bytes:
    """The forecast last: what is nearest to the start of an entry takes the fewest bits."""
    air_credits = _credits(
        "Air quality: CAMS ENSEMBLE data provider, by Open-Meteo.com",
        "https://open-meteo.com/en/docs/air-quality-api",
    )
    air = {
        "kind": "air-quality",
        "valid_at": {"time": "2026-11-26T14:00:00+00:00"},
        "credits": air_credits,
        **{
            field.name: None if field.name.endswith("_pollen") else 17.0
            for field in fields(AirQuality)[2:]
        },
    }
    forecast = {
        "kind": "cell-forecast",
        "forecast": {
            "kind": "forecast",
            "provider": "open-meteo",
            "credits": _credits("Weather data by Open-Meteo.com", "https://open-meteo.com/"),
            "hours": {"count": 408, "at": 777, "columns": _HOURS},
            "current": {
                "kind": "conditions",
                **dict.fromkeys(Hours.NAMES),
                "valid_at": {"time": "2026-11-26T14:00:00+00:00"},
            },
            "model": None,
            "issued_at": None,
            "elevation": 31.0,
            "timezone": "Europe/Berlin",
            "validator": None,
            "expires_at": None,
            "nowcast": {
                "kind": "nowcast",
                "starts_at": {"time": "2026-11-26T13:45:00+00:00"},
                "amounts": [0.0] * 14,
            },
        },
        "timezone": "America/New_York",
        "days": {"count": 17, "at": 0, "columns": _DAYS},
    }
    return json.dumps([_entry(air), _entry(forecast)], separators=(",", ":")).encode()


DICTIONARY = _text()
