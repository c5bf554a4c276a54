"""Short symbols for conditions: emoji and ASCII signs."""

from __future__ import annotations

from weather.core import weather_codes
from weather.core.moon import eighth_of_phase
from weather.core.weather_codes import Symbol

# U+FE0F selects the emoji presentation of characters that are text by default.
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
_MARKS = "🌡🌬"  # in the presets of the one line
_MOONS = "🌑🌒🌓🌔🌕🌖🌗🌘"

# wttr.in's signs, from its nearest conditions.
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


def emoji(weather_code: int | None, *, night: bool) -> str:
    """The emoji of a WMO 4677 code; a clear sky at night is a moon."""
    symbol = weather_codes.symbol(weather_code)
    return _CLEAR_NIGHT if night and symbol is Symbol.CLEAR else _EMOJI[symbol]


def ascii_sign(weather_code: int | None) -> str:
    """wttr.in's sign of a WMO 4677 code, in ASCII."""
    return _ASCII[weather_codes.symbol(weather_code)]


def moon(phase: float, *, southern: bool = False) -> str:
    """The emoji of the moon's phase, from 0 (new) over 0.5 (full) to 1, with the lit side where
    it is seen: the southern hemisphere sees the northern picture turned round."""
    eighth = eighth_of_phase(phase)
    return _MOONS[(-eighth if southern else eighth) % 8]


def all_emoji() -> tuple[str, ...]:
    """Every emoji that the views show."""
    return (*_EMOJI.values(), _CLEAR_NIGHT, *_MOONS, *_MARKS)
