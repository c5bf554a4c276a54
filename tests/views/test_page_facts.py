"""The page's words for numbers, at the edges of their bands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from weather.views import page_facts as facts
from weather.views.units import Unit


@pytest.mark.parametrize(
    ("value", "words"),
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
def test_european_aqi(value: float, words: str) -> None:
    assert facts.european_aqi(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (50, "50, good"),
        (51, "51, moderate"),
        (101, "101, unhealthy for sensitive groups"),
        (200, "200, unhealthy"),
        (300, "300, very unhealthy"),
        (301, "301, hazardous"),
    ],
)
def test_us_aqi(value: float, words: str) -> None:
    assert facts.us_aqi(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
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
def test_uv(value: float, words: str) -> None:
    assert facts.uv(value) == words


@pytest.mark.parametrize(
    ("direction", "name"),
    [
        (0, "north"),
        (11.2, "north"),
        (11.3, "north-northeast"),
        (90, "east"),
        (180, "south"),
        (247.5, "west-southwest"),
        (270, "west"),
        (348.8, "north"),
        (360, "north"),
    ],
)
def test_winds(direction: float, name: str) -> None:
    assert facts.wind(direction) == name


@pytest.mark.parametrize(
    ("share", "name"),
    [
        (0.0, "New moon"),
        (0.12, "Waxing crescent"),
        (0.25, "First quarter"),
        (0.4, "Waxing gibbous"),
        (0.5, "Full moon"),
        (0.62, "Waning gibbous"),
        (0.75, "Last quarter"),
        (0.9, "Waning crescent"),
        (0.95, "New moon"),
        (1.0, "New moon"),
    ],
)
def test_phases(share: float, name: str) -> None:
    assert facts.phase(share) == name


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(), "less than a minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(days=2, hours=5), "2 days"),
    ],
)
def test_durations(span: timedelta, words: str) -> None:
    assert facts.duration(span) == words


def test_degrees() -> None:
    celsius, fahrenheit = Unit("°C"), Unit("°F", 9 / 5, 32)
    assert facts.degrees(celsius, -4.6) == "−5°"
    assert facts.degrees(celsius, -0.2) == "0°"
    assert facts.degrees(fahrenheit, -40.0) == "−40°"
    assert facts.degrees(celsius, None) == "–"
