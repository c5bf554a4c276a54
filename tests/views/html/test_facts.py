"""The page's words for numbers, at the edges of their bands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import reports
from weather.core.models import LocatedBy, LocatedPlace
from weather.i18n.languages import ENGLISH
from weather.views import index_bands, wording
from weather.views.html.formatter import Formatter
from weather.views.options import Units, ViewOptions
from weather.views.units import local_units


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
    assert index_bands.european_aqi(ENGLISH, value) == words


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
    assert index_bands.us_aqi(ENGLISH, value) == words


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
    assert index_bands.uv(ENGLISH, value) == words


@pytest.mark.parametrize(
    ("direction", "name"),
    [
        (0, "from the north"),
        (22.4, "from the north"),
        (22.5, "from the northeast"),
        (90, "from the east"),
        (180, "from the south"),
        (247.5, "from the west"),
        (337.5, "from the north"),
        (360, "from the north"),
    ],
)
def test_winds(direction: float, name: str) -> None:
    assert wording.wind_direction(ENGLISH, direction) == name


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
    assert formatter().moon_phase(share) == name


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(), "0 min"),
        (timedelta(minutes=1, seconds=59), "1 min"),
        (timedelta(minutes=119), "119 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=2, hours=5), "2 d"),
    ],
)
def test_ages(span: timedelta, words: str) -> None:
    assert wording.age(ENGLISH, span) == words


def test_degrees() -> None:
    assert formatter().degrees(-4.6) == "−5°"
    assert formatter().degrees(-0.2) == "0°"
    assert formatter(Units.IMPERIAL).degrees(-40.0) == "−40°"
    assert formatter().degrees(None) == "–"


def test_the_distance_of_an_address_is_told_in_the_visitors_units() -> None:
    located = LocatedPlace(reports.WINDHAVEN, LocatedBy.VISITOR, "ipwho.is")
    assert (
        formatter(Units.IMPERIAL).located_by(located)
        == "Your address, give or take 16 mi (ipwho.is)"
    )


@pytest.mark.parametrize(
    ("index", "sun"),
    [(0, "No protection"), (2.4, "No protection"), (3, "Seek shade"), (7.4, "Seek"), (8, "Avoid")],
)
def test_advice_for_the_sun(index: float, sun: str) -> None:
    assert index_bands.sun_advice(ENGLISH, index).startswith(sun)


@pytest.mark.parametrize(
    ("index", "words"), [(40, "Good air"), (41, "If you are sensitive"), (81, "Avoid exertion")]
)
def test_advice_for_the_air(index: float, words: str) -> None:
    assert index_bands.air_advice(ENGLISH, index).startswith(words)


def formatter(units: Units = Units.METRIC) -> Formatter:
    return Formatter(ENGLISH, local_units(ViewOptions(units=units)))
