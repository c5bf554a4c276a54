"""The signs of conditions, every three hours: emoji, or the icons of Nerd Fonts."""

from __future__ import annotations

from collections.abc import Callable

from weather.core import weather_codes
from weather.core.models import Conditions
from weather.core.weather_codes import Symbol
from weather.views import symbols

Sign = Callable[[Conditions], str]

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


def emoji(conditions: Conditions) -> str:
    """The emoji, two columns wide."""
    return symbols.emoji(conditions.weather_code, night=conditions.is_day is False)


def nerd(*, night: bool) -> Sign:
    """The signs of Nerd Fonts for terminals of that time of day, one column wide."""

    def sign(conditions: Conditions) -> str:
        return _NERD[weather_codes.symbol(conditions.weather_code)][night]

    return sign
