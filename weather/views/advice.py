"""What the indices of air and sun mean for people."""

from __future__ import annotations

from bisect import bisect_left

from weather.languages import Language


def european_aqi(speech: Language, value: float) -> str:
    """ "11, good", by the bands of the European Environment Agency's index."""
    band = bisect_left((20, 40, 60, 80, 100), round(value))
    return _named(value, speech.one_of("good|fair|moderate|poor|very poor|extremely poor", band))


def us_aqi(speech: Language, value: float) -> str:
    """By the bands of the US EPA's Air Quality Index."""
    band = bisect_left((50, 100, 150, 200, 300), round(value))
    return _named(
        value,
        speech.one_of(
            "good|moderate|unhealthy for sensitive groups|unhealthy|very unhealthy|hazardous", band
        ),
    )


def uv(speech: Language, value: float) -> str:
    """By the WHO's exposure categories of the UV index."""
    band = bisect_left((2, 5, 7, 10), round(value))
    return _named(value, speech.one_of("low|moderate|high|very high|extreme", band))


def for_sun(speech: Language, uv_index: float) -> str:
    """What the WHO's guide to the UV index advises at 0 to 2, 3 to 7 and above."""
    if round(uv_index) <= 2:
        return speech.say("No protection from the sun needed.")
    if round(uv_index) <= 7:
        return speech.say("Seek shade around noon; wear a shirt, a hat and sunscreen.")
    return speech.say("Avoid the midday sun; shade, shirt, hat and sunscreen are a must.")


def for_air(speech: Language, aqi: float) -> str:
    """In the spirit of the European index's health messages: for good and fair air, for
    moderate and poor air, and for what is worse."""
    if round(aqi) <= 40:
        return speech.say("Good air to be outdoors.")
    if round(aqi) <= 80:
        return speech.say("If you are sensitive, take it easier outdoors.")
    return speech.say("Avoid exertion outdoors; if you are sensitive, stay inside.")


def _named(value: float, name: str) -> str:
    return f"{round(value)}, {name}"
