"""The normals against the source's own values at four cities, and their shape."""

from __future__ import annotations

from array import array
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.atlas import climate, container
from weather.core.models import Coordinates

LONDON, TOKYO = Coordinates(51.5085, -0.1257), Coordinates(35.6895, 139.6917)
NEW_YORK, ZURICH = Coordinates(40.7143, -74.006), Coordinates(47.3667, 8.55)
YEAR = 2025
_DAYS = [date(YEAR, 1, 1) + timedelta(day) for day in range(365)]
points = st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180))


def _month(where: Coordinates, month: int) -> float:
    days = [date(YEAR, month, day + 1) for day in range(monthrange(YEAR, month)[1])]
    return sum(climate.normal(where, day).temperature for day in days) / len(days)


@pytest.mark.parametrize(
    ("where", "january", "july", "annual"),
    [
        (LONDON, 5.04, 17.82, 710),
        (TOKYO, 5.06, 26.26, 1502),
        (NEW_YORK, 0.22, 25.14, 1148),
        (ZURICH, 1.35, 19.08, 1311),
    ],
)
def test_normals_match_the_source_at_known_cities(
    where: Coordinates, january: float, july: float, annual: float
) -> None:
    """The source's own monthly means and annual sum, interpolated between its grid points."""
    assert _month(where, 1) == pytest.approx(january, abs=0.6)
    assert _month(where, 7) == pytest.approx(july, abs=0.6)
    rain = sum(climate.normal(where, day).precipitation for day in _DAYS)
    assert rain == pytest.approx(annual, rel=0.04)


@given(points, st.dates(date(1999, 1, 1), date(2100, 12, 31)))
@settings(deadline=None)
def test_normals_are_possible_everywhere(where: Coordinates, day: date) -> None:
    found = climate.normal(where, day)
    assert -75 < found.temperature < 45
    assert 0 <= found.precipitation < 120
    assert found.relief >= 0
    assert found.period == "2000–2025"


@given(st.binary(max_size=250))
def test_the_sum_of_signed_bytes_is_that_of_their_numbers(signed: bytes) -> None:
    assert climate._sum(signed) == sum(array("b", signed))


def test_a_row_is_summed_up_to_its_end() -> None:
    """Its values leave the range of a byte in between: 720 steps of 1, then back."""
    row = array("b", [1] * 720 + [-1] * 720)
    grid = row * climate.ROWS
    for column in (0, 1, 127, 128, 700, 1437, 1438, 1439):
        expected = [sum(row[: (column + n) % 1440 + 1]) for n in range(4)]
        assert climate._row(grid, 0, 300, column, 4) == expected


@given(points, st.sampled_from(_DAYS))
@settings(deadline=None)
def test_a_day_is_like_the_next_over_the_new_year_too(where: Coordinates, day: date) -> None:
    today, next_day = (climate.normal(where, d).temperature for d in (day, day + timedelta(1)))
    assert abs(today - next_day) < 1.5


def test_seasons_are_opposite_on_the_hemispheres() -> None:
    sydney = Coordinates(-33.87, 151.21)
    assert _month(sydney, 1) > _month(sydney, 7) + 5
    assert _month(LONDON, 7) > _month(LONDON, 1) + 5


def test_leap_days_and_years() -> None:
    leap, before = (
        climate.normal(ZURICH, date(2024, 2, 29)),
        climate.normal(ZURICH, date(2024, 2, 28)),
    )
    assert abs(leap.temperature - before.temperature) < 0.3
    last = climate.normal(ZURICH, date(2024, 12, 31)).temperature
    assert last == pytest.approx(climate.normal(ZURICH, date(2023, 12, 31)).temperature, abs=0.05)


def test_the_edges_of_the_map_meet() -> None:
    day = date(2026, 3, 1)
    west, east = (climate.normal(Coordinates(65, x), day) for x in (-180, 180))
    assert west == east
    assert climate.normal(Coordinates(90, 0), day).temperature < -10


def test_relief_is_large_in_mountains() -> None:
    zermatt, berlin = Coordinates(46.02, 7.75), Coordinates(52.52, 13.41)
    day = date(2026, 7, 1)
    assert climate.normal(zermatt, day).relief > 3 > climate.normal(berlin, day).relief


def test_the_shipped_grid_has_its_measured_facts() -> None:
    facts = container.read("climate").facts
    assert facts["temperature"]["p90"] <= 0.58
    assert facts["precipitation"]["p90"] <= 23
