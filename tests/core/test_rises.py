"""Rises and sets by hour angles, held against those that are found hour by hour."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

import pytest

from weather.core import course, ephemeris, rises
from weather.core.ephemeris import HOUR, Body, Horizon
from weather.core.models import Coordinates

SUN_LEVEL, TWILIGHT_LEVEL, MOON_LEVEL = (
    math.sin(math.radians(degrees)) for degrees in (-0.833, -6, 0.125)
)
BODIES = [
    pytest.param(ephemeris.sun, SUN_LEVEL, id="sun"),
    pytest.param(ephemeris.sun, TWILIGHT_LEVEL, id="twilight"),
    pytest.param(ephemeris.moon, MOON_LEVEL, id="moon"),
]


def days(count: int, highest_latitude: float) -> Iterator[tuple[Horizon, int, int]]:
    """Places, and days of 23 to 25 hours that begin at any quarter of an hour of theirs."""
    random_numbers = random.Random(7)
    for _ in range(count):
        latitude = random_numbers.uniform(-highest_latitude, highest_latitude)
        horizon = Horizon(Coordinates(latitude, random_numbers.uniform(-180, 180)))
        start = random_numbers.randrange(946684800, 2524608000, 900)  # 2000 to 2050
        yield horizon, start, start + random_numbers.choice((23, 24, 24, 24, 25)) * HOUR


@pytest.mark.parametrize(("body", "level"), BODIES)
def test_crossings_are_those_of_the_course(body: Body, level: float) -> None:
    clear = 0
    for horizon, start, end in days(600, 90):
        found = rises.crossings(horizon, body, start, end, level)
        if found is None:
            continue
        points = course.course(horizon, body, start, end, (level,))
        expected = course.crossings(horizon, body, points, level)
        assert [upward for _, upward in found] == [upward for _, upward in expected]
        for (moment, _), (other, _) in zip(found, expected, strict=True):
            assert abs(moment - other) <= 1
        clear += 1
    assert clear > 300


def test_the_highest_point_is_that_of_the_course() -> None:
    clear = 0
    for horizon, start, end in days(600, 89):
        if found := rises.highest(horizon, ephemeris.sun, start, end):
            points = course.course(horizon, ephemeris.sun, start, end, ())
            moment, height = course.highest(horizon, ephemeris.sun, points)
            assert found[0] == pytest.approx(moment, abs=1)
            assert found[1] == pytest.approx(height, abs=1e-9)
            clear += 1
    assert clear > 300


@pytest.mark.parametrize(("body", "level"), BODIES)
def test_most_days_of_most_places_are_clear(body: Body, level: float) -> None:
    found = [
        rises.crossings(horizon, body, start, end, level) for horizon, start, end in days(200, 55)
    ]
    assert sum(crossings is not None for crossings in found) > 0.85 * len(found)


def test_a_sun_that_hardly_sets_is_not_clear() -> None:
    tromso = Horizon(Coordinates(69.65, 18.96))
    midsummer = 1750456800  # 2025-06-21 at 0 h in Norway
    day = midsummer, midsummer + 24 * HOUR
    assert rises.crossings(tromso, ephemeris.sun, *day, SUN_LEVEL) is None


def test_a_noon_at_a_bound_of_the_day_is_not_clear() -> None:
    """The day begins twenty minutes after a noon, when the sun is higher than at the next one."""
    horizon = Horizon(Coordinates(13.89, -148.59))
    start = 1256421600  # 2009-10-25 at 0 h in Berlin, a day of 25 hours
    assert rises.highest(horizon, ephemeris.sun, start, start + 25 * HOUR) is None
