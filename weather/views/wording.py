"""What every view says in words, in the visitor's language."""

from __future__ import annotations

from datetime import timedelta

from weather.core import weather_codes
from weather.core.errors import WeatherError
from weather.core.models import Place
from weather.i18n.languages import ENGLISH, Language


def condition(language: Language, code: int | None) -> str:
    if code is None:
        return language.translate("Unknown")
    if weather_codes.symbol(code) is weather_codes.Symbol.UNKNOWN:
        return language.translate("Unknown ({code})", code=code)
    return language.translate(weather_codes.condition(code))


def place(language: Language, where: Place) -> str:
    """ "Paris, Texas, US", or "near" it where the name is that of the nearest city."""
    if where.name and where.distance is not None:
        return language.translate("near {place}", place=where.full_name)
    return where.label


def age(language: Language, span: timedelta) -> str:
    """A span in a unit that suits it: "47 min", "3 h", "2 d"."""
    minutes = span // timedelta(minutes=1)
    if minutes < 120:
        return language.translate("{count} min", count=minutes)
    if minutes < 48 * 60:
        return language.translate("{count} h", count=minutes // 60)
    return language.translate("{count} d", count=span.days)


def percent(language: Language, value: float) -> str:
    return language.translate("{number} %", number=round(value))


def wind(language: Language, direction: float) -> str:
    """Where a wind from `direction` degrees comes from, in sectors of 45°."""
    return language.choice(
        "from the north|from the northeast|from the east|from the southeast"
        "|from the south|from the southwest|from the west|from the northwest",
        int(direction / 45 + 0.5) % 8,
    )


def arrow(direction: float) -> str:
    """Where a wind from `direction` degrees blows to, in sectors of 45°."""
    return "↓↙←↖↑↗→↘"[int(direction / 45 + 0.5) % 8]


def minus(number: str) -> str:
    """With a real minus sign, which is as wide as a digit."""
    return number.replace("-", "−")


def explanation(language: Language, error: WeatherError) -> str:
    """What went wrong. English tells the case, other languages tell the kind."""
    return error.message if language is ENGLISH else language.translate(error.kind)
