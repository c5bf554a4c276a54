"""What every view says in words, in the visitor's language."""

from __future__ import annotations

from datetime import timedelta

from weather import wmo
from weather.domain import Place
from weather.errors import WeatherError
from weather.languages import ENGLISH, Language


def condition(speech: Language, code: int | None) -> str:
    if code is None:
        return speech.say("Unknown")
    if wmo.symbol(code) is wmo.Symbol.UNKNOWN:
        return speech.say("Unknown ({code})", code=code)
    return speech.say(wmo.condition(code))


def place(speech: Language, where: Place) -> str:
    """ "Paris, Texas, US", or "near" it where the name is that of the nearest city."""
    if where.name and where.distance is not None:
        return speech.say("near {place}", place=where.full_name)
    return where.label


def age(speech: Language, span: timedelta) -> str:
    """A span in a unit that suits it: "47 min", "3 h", "2 d"."""
    minutes = span // timedelta(minutes=1)
    if minutes < 120:
        return speech.say("{count} min", count=minutes)
    if minutes < 48 * 60:
        return speech.say("{count} h", count=minutes // 60)
    return speech.say("{count} d", count=span.days)


def percent(speech: Language, value: float) -> str:
    return speech.say("{number} %", number=round(value))


def wind(speech: Language, direction: float) -> str:
    """Where a wind from `direction` degrees comes from, in sectors of 45°."""
    return speech.one_of(
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


def explanation(speech: Language, error: WeatherError) -> str:
    """What went wrong. English tells the case, other languages tell the kind."""
    return error.message if speech is ENGLISH else speech.say(error.kind)
