"""Short symbols for conditions and moons, in one of four sets of glyphs."""

from __future__ import annotations

from enum import StrEnum

from weather.core import weather_codes
from weather.core.moon import eighth_of_phase
from weather.core.weather_codes import Symbol
from weather.views.ansi import width


class Glyphs(StrEnum):
    """The glyphs that a terminal has. `NARROW` is for those that give a character the same columns
    with U+FE0F as without it, such as tmux 3.3 and xterm: ☁️ has one there, ⛅ has two."""

    EMOJI = "emoji"
    NARROW = "narrow"
    NERD = "nerd"  # the icons of Nerd Fonts
    PLAIN = "plain"  # ASCII and words


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
_EMOJI_PRESENTATION = "\ufe0f"
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


# Weather Icons in Nerd Fonts (private use area, U+E300 to U+E3E3), by day and by night.
_NERD: dict[Symbol, tuple[str, str]] = {
    Symbol.CLEAR: ("\ue30d", "\ue32b"),
    Symbol.PARTLY_CLOUDY: ("\ue302", "\ue37e"),
    Symbol.OVERCAST: ("\ue312", "\ue312"),
    Symbol.FOG: ("\ue313", "\ue313"),
    Symbol.DRIZZLE: ("\ue31b", "\ue31b"),
    Symbol.RAIN: ("\ue318", "\ue318"),
    Symbol.HEAVY_RAIN: ("\ue317", "\ue317"),
    Symbol.FREEZING_RAIN: ("\ue3ad", "\ue3ad"),
    Symbol.SNOW: ("\ue31a", "\ue31a"),
    Symbol.HEAVY_SNOW: ("\ue36f", "\ue36f"),
    Symbol.SHOWERS: ("\ue308", "\ue325"),
    Symbol.SNOW_SHOWERS: ("\ue30a", "\ue327"),
    Symbol.THUNDERSTORM: ("\ue31d", "\ue31d"),
    Symbol.UNKNOWN: ("\ue374", "\ue374"),
}
_NERD_MOONS = "\ue38d\ue390\ue394\ue397\ue39b\ue39e\ue3a2\ue3a5"
# What stands for the marks of temperature and wind.
_MARKS_IN = {
    Glyphs.NERD: {"🌡️": "\ue350", "🌬️": "\ue34b"},
    Glyphs.PLAIN: {"🌡️": "", "🌬️": ""},
}


def sign(weather_code: int | None, *, night: bool, glyphs: Glyphs = Glyphs.EMOJI) -> str:
    """The sign of a WMO 4677 code in a set of glyphs."""
    if glyphs is Glyphs.PLAIN:
        return ascii_sign(weather_code)
    if glyphs is Glyphs.NERD:
        return _NERD[weather_codes.symbol(weather_code)][night]
    return emoji(weather_code, night=night)


def moon_sign(phase: float, *, southern: bool, glyphs: Glyphs = Glyphs.EMOJI) -> str:
    """The sign of the moon's phase, as `moon`; empty in plain glyphs, which have words for it."""
    if glyphs is Glyphs.PLAIN:
        return ""
    symbol = moon(phase, southern=southern)
    return _NERD_MOONS[_MOONS.index(symbol)] if glyphs is Glyphs.NERD else symbol


def columns(text: str, glyphs: Glyphs) -> int:
    """The columns that a terminal with these glyphs gives to a sign."""
    return width(text.replace(_EMOJI_PRESENTATION, "") if glyphs is Glyphs.NARROW else text)


def padded(text: str, total: int, glyphs: Glyphs) -> str:
    """The sign with blanks up to a number of columns."""
    return text + " " * (total - columns(text, glyphs))


def with_marks(template: str, glyphs: Glyphs) -> str:
    """A preset of the one line with the marks of a set of glyphs."""
    for mark, replacement in _MARKS_IN.get(glyphs, {}).items():
        template = template.replace(mark, replacement)
    return template


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
