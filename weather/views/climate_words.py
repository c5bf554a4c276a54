"""How today compares with what is usual, in words."""

from __future__ import annotations

from weather.domain import Climate, Usual
from weather.languages import Language
from weather.views.units import UnitSystem

_WORTH_A_WORD = 1.0  # °C; less is as warm as usual


def departure(climate: Climate, speech: Language, units: UnitSystem) -> str:
    """ "4° warmer than usual"; nothing where that cannot be said."""
    if climate.departure is None:
        return ""
    if abs(climate.departure) < _WORTH_A_WORD:
        return speech.say("as warm as usual")
    if not climate.is_telling:
        return ""
    degrees = f"{round(abs(climate.departure) * units.temperature.factor)}°"
    if climate.departure > 0:
        return speech.say("{degrees} warmer than usual", degrees=degrees)
    return speech.say("{degrees} colder than usual", degrees=degrees)


def usual_values(usual: Usual, speech: Language, units: UnitSystem) -> list[str]:
    """What is usual on the day: temperature, precipitation, and of which years that is the mean."""
    normal = usual.climate.normal
    temperature = units.temperature.text(normal.temperature)
    return [
        speech.say(
            "about {temperature} on {date}", temperature=temperature, date=speech.date(usual.date)
        ),
        speech.say("{amount} a day", amount=units.precipitation.text(normal.precipitation)),
        speech.say("mean of {period}", period=normal.period),
    ]
