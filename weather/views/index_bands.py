"""The bands of the air quality and UV indices, and the health advice for them."""

from __future__ import annotations

from bisect import bisect_left

from weather.core.rounding import rounded_to_int
from weather.i18n.languages import Language

_DRESSED_FOR_COLD = 10.0  # °C


def european_aqi(language: Language, value: float) -> str:
    """ "11, good", by the bands of the European Environment Agency's index."""
    band = bisect_left((20, 40, 60, 80, 100), rounded_to_int(value))
    return _with_band(
        value, language.choice("good|fair|moderate|poor|very poor|extremely poor", band)
    )


def us_aqi(language: Language, value: float) -> str:
    """ "47, good", by the bands of the US EPA's Air Quality Index."""
    band = bisect_left((50, 100, 150, 200, 300), rounded_to_int(value))
    return _with_band(
        value,
        language.choice(
            "good|moderate|unhealthy for sensitive groups|unhealthy|very unhealthy|hazardous", band
        ),
    )


def uv(language: Language, value: float) -> str:
    """ "5, moderate", by the WHO's exposure categories of the UV index."""
    band = bisect_left((2, 5, 7, 10), rounded_to_int(value))
    return _with_band(value, language.choice("low|moderate|high|very high|extreme", band))


def sun_advice(language: Language, uv_index: float, highest: float | None) -> str:
    """The advice of the WHO's guide to the UV index, for 0 to 2, for 3 to 7, and above.

    On a day whose `highest` temperature in °C is low, people are dressed against the cold: the
    advice is then for what is bare.
    """
    if rounded_to_int(uv_index) <= 2:
        return language.translate("No protection from the sun needed.")
    if highest is not None and highest < _DRESSED_FOR_COLD:
        return language.translate("Protect your face and eyes: sunscreen and sunglasses.")
    if rounded_to_int(uv_index) <= 7:
        return language.translate("Seek shade around noon; wear a shirt, a hat and sunscreen.")
    return language.translate("Avoid the midday sun; shade, shirt, hat and sunscreen are a must.")


def air_advice(language: Language, european_aqi: float) -> str:
    """Advice after the European index's health messages: for good and fair air, for moderate
    and poor air, and for worse air."""
    if rounded_to_int(european_aqi) <= 40:
        return language.translate("Good air to be outdoors.")
    if rounded_to_int(european_aqi) <= 80:
        return language.translate("If you are sensitive, take it easier outdoors.")
    return language.translate("Avoid exertion outdoors; if you are sensitive, stay inside.")


def _with_band(value: float, band: str) -> str:
    return f"{rounded_to_int(value)}, {band}"
