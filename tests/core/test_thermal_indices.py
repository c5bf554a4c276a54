"""Heat index and wind chill against the tables of the weather services."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.core.thermal_indices import heat_index, wind_chill


def celsius(fahrenheit: float) -> float:
    return (fahrenheit - 32) * 5 / 9


# The chart of https://www.weather.gov/safety/heat-index: °F, %, °F.
@pytest.mark.parametrize(
    ("temperature", "humidity", "index"),
    [(80, 40, 80), (90, 50, 95), (90, 70, 105), (100, 40, 109), (100, 60, 129), (110, 40, 136)],
)
def test_heat_index_of_the_chart(temperature: float, humidity: float, index: float) -> None:
    felt = heat_index(celsius(temperature), humidity) * 9 / 5 + 32
    assert felt == pytest.approx(index, abs=1)


# The table of https://www.canada.ca/en/environment-climate-change (wind chill): °C, km/h, index.
@pytest.mark.parametrize(
    ("temperature", "wind", "index"),
    [(0, 10, -3), (-10, 20, -18), (-20, 30, -33), (-30, 60, -50), (5, 40, -1)],
)
def test_wind_chill_of_the_table(temperature: float, wind: float, index: float) -> None:
    assert wind_chill(temperature, wind) == pytest.approx(index, abs=0.6)


def test_indices_are_the_temperature_outside_their_range() -> None:
    assert heat_index(20, 90) == 20
    assert wind_chill(11, 50) == 11
    assert wind_chill(-10, 4) == -10


@settings(deadline=None)
@given(st.floats(-90, 60), st.floats(0, 100), st.floats(0, 400))
def test_indices_are_real_numbers(temperature: float, humidity: float, wind: float) -> None:
    assert isinstance(heat_index(temperature, humidity), float)
    assert wind_chill(temperature, wind) <= max(temperature, 10)
