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
    [(0, "No protection"), (2.4, "No protection"), (3, "Seek shade"), (7.4, "Seek"), (8, "Avoid")],
)
def test_sun_advice(uv_index: float, advice: str) -> None:
    assert index_bands.sun_advice(ENGLISH, uv_index).startswith(advice)


@pytest.mark.parametrize(
    ("aqi", "advice"), [(40, "Good air"), (41, "If you are sensitive"), (81, "Avoid exertion")]
)
def test_air_advice(aqi: float, advice: str) -> None:
    assert index_bands.air_advice(ENGLISH, aqi).startswith(advice)
