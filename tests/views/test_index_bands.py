"""The bands of the indices, at their bounds."""

from __future__ import annotations

import pytest

from weather.i18n.languages import ENGLISH
from weather.views import index_bands


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0, good"),
        (20, "20, good"),
        (20.4, "20, good"),
        (20.5, "21, fair"),
        (20.6, "21, fair"),
        (40, "40, fair"),
        (60, "60, moderate"),
        (80, "80, poor"),
        (100, "100, very poor"),
        (101, "101, extremely poor"),
        (1200, "1200, extremely poor"),
    ],
)
def test_european_aqi(value: float, text: str) -> None:
    assert index_bands.european_aqi(ENGLISH, value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (50, "50, good"),
        (50.4, "50, good"),
        (50.5, "51, moderate"),
        (51, "51, moderate"),
        (101, "101, unhealthy for sensitive groups"),
        (200, "200, unhealthy"),
        (300, "300, very unhealthy"),
        (301, "301, hazardous"),
    ],
)
def test_us_aqi(value: float, text: str) -> None:
    assert index_bands.us_aqi(ENGLISH, value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0, low"),
        (2.4, "2, low"),
        (2.5, "3, moderate"),
        (5.5, "6, high"),
        (7.5, "8, very high"),
        (10.5, "11, extreme"),
        (2.6, "3, moderate"),
        (5.4, "5, moderate"),
        (7.0, "7, high"),
        (10.0, "10, very high"),
        (10.6, "11, extreme"),
    ],
)
def test_uv(value: float, text: str) -> None:
    assert index_bands.uv(ENGLISH, value) == text


@pytest.mark.parametrize(
    ("uv_index", "advice"),
    [
        (0, "No protection"),
        (2.4, "No protection"),
        (2.5, "Seek shade"),
        (3, "Seek shade"),
        (7.4, "Seek"),
        (7.5, "Avoid"),
        (8, "Avoid"),
    ],
)
@pytest.mark.parametrize("highest", [None, 10.0, 35.0])
def test_sun_advice(uv_index: float, highest: float | None, advice: str) -> None:
    assert index_bands.sun_advice(ENGLISH, uv_index, highest).startswith(advice)


@pytest.mark.parametrize("uv_index", [2.5, 5, 8, 13])
@pytest.mark.parametrize("highest", [-22.0, 0.0, 9.9])
def test_sun_advice_in_the_cold_speaks_of_bare_skin(uv_index: float, highest: float) -> None:
    advice = index_bands.sun_advice(ENGLISH, uv_index, highest)
    assert advice == "Protect your face and eyes: sunscreen and sunglasses."
    low = index_bands.sun_advice(ENGLISH, 2.4, highest)
    assert low == "No protection from the sun needed."


@pytest.mark.parametrize(
    ("aqi", "advice"), [(40, "Good air"), (41, "If you are sensitive"), (81, "Avoid exertion")]
)
def test_air_advice(aqi: float, advice: str) -> None:
    assert index_bands.air_advice(ENGLISH, aqi).startswith(advice)
