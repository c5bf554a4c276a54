"""A condition in one sign: as an emoji, in ASCII, and as a code of World Weather Online."""

from __future__ import annotations

from weather.core import weather_codes
from weather.core.weather_codes import Symbol

# Emoji that are text by default are followed by U+FE0F, which makes pictures of them.
_EMOJI = {
    Symbol.CLEAR: "☀️",
    Symbol.PARTLY_CLOUDY: "⛅",
    Symbol.OVERCAST: "☁️",
    Symbol.FOG: "🌫️",
    Symbol.DRIZZLE: "🌧️",
    Symbol.RAIN: "🌧️",
    Symbol.HEAVY_RAIN: "☔",
    Symbol.FREEZING_RAIN: "🧊",
    Symbol.SNOW: "🌨️",
    Symbol.HEAVY_SNOW: "❄️",
    Symbol.SHOWERS: "🌦️",
    Symbol.SNOW_SHOWERS: "🌨️",
    Symbol.THUNDERSTORM: "⛈️",
    Symbol.UNKNOWN: "❔",
}
_CLEAR_NIGHT = "🌙"
_MOONS = "🌑🌒🌓🌔🌕🌖🌗🌘"

# wttr.in's signs, for those of its conditions that are nearest to ours.
_ASCII = {
    Symbol.CLEAR: "o",
    Symbol.PARTLY_CLOUDY: "m",
    Symbol.OVERCAST: "mmm",
    Symbol.FOG: "=",
    Symbol.DRIZZLE: "/",
    Symbol.RAIN: "/",
    Symbol.HEAVY_RAIN: "///",
    Symbol.FREEZING_RAIN: "x",
    Symbol.SNOW: "*",
    Symbol.HEAVY_SNOW: "**",
    Symbol.SHOWERS: ".",
    Symbol.SNOW_SHOWERS: "*/",
    Symbol.THUNDERSTORM: "/!/",
    Symbol.UNKNOWN: "?",
}

# WMO 4677 → World Weather Online's code for the like.
_WWO = {
    **{0: 113, 1: 113, 2: 116, 3: 122, 45: 248, 48: 260, 51: 266, 53: 266, 55: 266},
    **{56: 281, 57: 284, 61: 296, 63: 302, 65: 308, 66: 311, 67: 314, 71: 326, 73: 332},
    **{75: 338, 77: 326, 80: 353, 81: 356, 82: 359, 85: 368, 86: 371},
    **{95: 389, 96: 389, 99: 389},
}


def emoji(weather_code: int | None, *, night: bool) -> str:
    symbol = weather_codes.symbol(weather_code)
    return _CLEAR_NIGHT if night and symbol is Symbol.CLEAR else _EMOJI[symbol]


def ascii_sign(weather_code: int | None) -> str:
    return _ASCII[weather_codes.symbol(weather_code)]


def wwo_code(weather_code: int | None) -> int | None:
    """None for a code that is not in our table."""
    return None if weather_code is None else _WWO.get(weather_code)


def moon(phase: float) -> str:
    """The moon as an emoji; `phase` is 0 for new and 0.5 for full."""
    return _MOONS[int(phase * 8 + 0.5) % 8]
