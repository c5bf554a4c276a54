"""WMO code table 4677 (present weather): code → condition, symbol and severity.

Forecast models use the subset below. The functions are total: another code is "Unknown (n)".
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Symbol(StrEnum):
    """The picture of a code; a view has one drawing, glyph or icon for each."""

    CLEAR = "clear"
    PARTLY_CLOUDY = "partly-cloudy"
    OVERCAST = "overcast"
    FOG = "fog"
    DRIZZLE = "drizzle"
    RAIN = "rain"
    HEAVY_RAIN = "heavy-rain"
    FREEZING_RAIN = "freezing-rain"
    SNOW = "snow"
    HEAVY_SNOW = "heavy-snow"
    SHOWERS = "showers"
    SNOW_SHOWERS = "snow-showers"
    THUNDERSTORM = "thunderstorm"
    UNKNOWN = "unknown"


_TABLE: dict[int, tuple[str, Symbol]] = {
    0: ("Clear sky", Symbol.CLEAR),
    1: ("Mainly clear", Symbol.CLEAR),
    2: ("Partly cloudy", Symbol.PARTLY_CLOUDY),
    3: ("Overcast", Symbol.OVERCAST),
    45: ("Fog", Symbol.FOG),
    48: ("Rime fog", Symbol.FOG),
    51: ("Light drizzle", Symbol.DRIZZLE),
    53: ("Drizzle", Symbol.DRIZZLE),
    55: ("Dense drizzle", Symbol.DRIZZLE),
    56: ("Light freezing drizzle", Symbol.FREEZING_RAIN),
    57: ("Freezing drizzle", Symbol.FREEZING_RAIN),
    61: ("Light rain", Symbol.RAIN),
    63: ("Rain", Symbol.RAIN),
    65: ("Heavy rain", Symbol.HEAVY_RAIN),
    66: ("Light freezing rain", Symbol.FREEZING_RAIN),
    67: ("Freezing rain", Symbol.FREEZING_RAIN),
    71: ("Light snow", Symbol.SNOW),
    73: ("Snow", Symbol.SNOW),
    75: ("Heavy snow", Symbol.HEAVY_SNOW),
    77: ("Snow grains", Symbol.SNOW),
    80: ("Light showers", Symbol.SHOWERS),
    81: ("Showers", Symbol.SHOWERS),
    82: ("Violent showers", Symbol.HEAVY_RAIN),
    85: ("Snow showers", Symbol.SNOW_SHOWERS),
    86: ("Heavy snow showers", Symbol.HEAVY_SNOW),
    95: ("Thunderstorm", Symbol.THUNDERSTORM),
    96: ("Thunderstorm, some hail", Symbol.THUNDERSTORM),
    99: ("Thunderstorm, heavy hail", Symbol.THUNDERSTORM),
}


def condition(code: int | None) -> str:
    """The condition in words, in English."""
    if code is None:
        return "Unknown"
    return _TABLE[code][0] if code in _TABLE else f"Unknown ({code})"


def symbol(code: int | None) -> Symbol:
    return _TABLE[code][1] if code in _TABLE else Symbol.UNKNOWN


def most_severe(codes: Iterable[int]) -> int:
    """The code that names a day: the highest, since the table ascends in severity."""
    return max(codes)


def is_wet(code: int | None) -> bool:
    """Whether it is a code of precipitation: 50 to 99 are, in the table of WMO 4677."""
    return code is not None and code >= 50


def is_snow(code: int | None) -> bool:
    return symbol(code) in {Symbol.SNOW, Symbol.HEAVY_SNOW, Symbol.SNOW_SHOWERS}
