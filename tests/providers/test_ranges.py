"""The plausible ranges, and that no adapter reads a number without one."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from weather.core import ranges
from weather.core.ranges import Range
from weather.providers import parsing

NO_NUMBERS: tuple[object, ...] = (True, None, "x", "", [], {})
ALL = {name: value for name, value in vars(ranges).items() if isinstance(value, Range)}


@pytest.mark.parametrize("within", ALL.values(), ids=ALL)
def test_a_number_outside_is_none(within: Range) -> None:
    for value in (1e308, -1e308, 1e20, 10**400, -(10**400), "NaN", "inf", math.nan, math.inf):
        assert within.number(value) is None
        assert within.whole(value) is None
    assert not any(within.number(other) is not None for other in NO_NUMBERS)
    assert within.number(within.low) == within.low
    assert within.number(str(within.high)) == within.high
    assert within.number(math.nextafter(within.high, math.inf)) is None
    assert within.number(math.nextafter(within.low, -math.inf)) is None


def test_the_factor_is_applied_before_the_bounds() -> None:
    metres = 40_000
    assert ranges.VISIBILITY.stored(metres, 0.001) == 40.0
    assert ranges.VISIBILITY.number(metres) is None


def test_a_fraction_is_no_whole_number() -> None:
    assert ranges.WEATHER_CODE.whole(61) == ranges.WEATHER_CODE.whole("61.0") == 61
    assert ranges.WEATHER_CODE.whole(61.5) is None


@pytest.mark.parametrize("year", [1, 1969, 2200, 9999])
def test_a_time_of_another_age_is_none(year: int) -> None:
    time = datetime(year, 12, 31, tzinfo=UTC)
    assert ranges.plausible_time(time) is None
    assert parsing.instant(time.isoformat()) is None
    assert ranges.moment(time.timestamp()) is None


def test_times_are_in_utc() -> None:
    assert parsing.instant("2026-05-15T10:20:00+02:00") == datetime(2026, 5, 15, 8, 20, tzinfo=UTC)
    assert ranges.moment(0) == datetime(1970, 1, 1, tzinfo=UTC)
    assert parsing.instant("2026-05-15T10:20:00") is None, "local time without an offset"
    assert ranges.plausible_time(datetime.max.replace(tzinfo=UTC) - timedelta(1)) is None
