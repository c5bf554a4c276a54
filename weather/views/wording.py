"""Texts that several views share, in the visitor's language."""

from __future__ import annotations

from datetime import timedelta

from weather.core import weather_codes
from weather.core.models import Place
from weather.core.rounding import rounded_to_int
from weather.i18n.languages import Language
from weather.views.units import UnitSystem

_PROVIDERS = {"met-norway": "MET Norway", "open-meteo": "Open-Meteo"}


def condition(language: Language, code: int | None) -> str:
    """The condition of a WMO 4677 code: "Light rain"; "Unknown (12)" for an unknown code."""
    if code is None:
        return language.translate("Unknown")
    if weather_codes.symbol(code) is weather_codes.Symbol.UNKNOWN:
        return language.translate("Unknown ({code})", code=code)
    return language.translate(weather_codes.condition(code))


def place(language: Language, place: Place) -> str:
    """ "Paris, Texas, US"; "near Paris, …" if the name is that of the nearest city."""
    if place.name and place.distance is not None:
        return language.translate("near {place}", place=place.full_name)
    return place.label


def provider(key: str) -> str:
    """The name of a forecast's provider for people: "MET Norway"."""
    return _PROVIDERS.get(key, key)


def span(language: Language, low: str, high: str) -> str:
    """ "4 to 14 °C", of a number and a text with its unit; "4 °C" where the two are equal."""
    if high.split(" ", maxsplit=1)[0] == low:
        return high
    return language.translate("{low} to {high}", low=low, high=high)


def age(language: Language, span: timedelta) -> str:
    """A duration in minutes, hours or days: "47 min", "3 h", "2 d"."""
    minutes = span // timedelta(minutes=1)
    if minutes < 120:
        return language.translate("{count} min", count=minutes)
    if minutes < 48 * 60:
        return language.translate("{count} h", count=minutes // 60)
    return language.translate("{count} d", count=span.days)


def percent(language: Language, value: float) -> str:
    """ "71 %" """
    return language.translate("{number} %", number=rounded_to_int(value))


def wind_direction(language: Language, direction: float) -> str:
    """ "from the north": the direction in degrees that the wind blows from, in 8 sectors."""
    return language.choice(
        "from the north|from the northeast|from the east|from the southeast"
        "|from the south|from the southwest|from the west|from the northwest",
        int(direction / 45 + 0.5) % 8,
    )


def moon_phase(language: Language, eighth: int) -> str:
    """The name of one of eight phases: 0 new moon, 4 full moon."""
    return language.choice(
        "New moon|Waxing crescent|First quarter|Waxing gibbous"
        "|Full moon|Waning gibbous|Last quarter|Waning crescent",
        eighth,
    )


def wind_arrow(units: UnitSystem, speed: float | None, direction: float | None) -> str:
    """The arrow of a wind of `speed` km/h from `direction` degrees, which points where the wind
    blows to; empty if calm or unknown."""
    if direction is None or not units.has_direction(speed, direction):
        return ""
    return "↓↙←↖↑↗→↘"[int(direction / 45 + 0.5) % 8]


def minus(number: str) -> str:
    """The number with U+2212 as its minus sign, which is as wide as a digit."""
    return number.replace("-", "−")
