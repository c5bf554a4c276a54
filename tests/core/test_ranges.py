"""A column of values is read as each of its values is."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.core import ranges
from weather.core.models.column import Column
from weather.core.ranges import Range

_PLAIN = st.floats(-120, 120) | st.integers(-120, 120) | st.none()
_ANY = (
    _PLAIN
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.sampled_from(["12.5", "", "nan", "1e999", -0.0, 10**400, [], {}])
)
_SERIES = (
    st.lists(st.floats(-120, 120).map(lambda value: round(value, 1)))
    | st.lists(st.integers(-120, 120))
    | st.lists(_PLAIN)
    | st.lists(_ANY)
)
_RANGES = st.sampled_from([ranges.TEMPERATURE, ranges.PERCENTAGE, Range(-120, 120)])


def values(column: Column) -> list[Any]:
    """With what tells 0.0 from -0.0, and 1 from 1.0."""
    return list(map(repr, column.values(0, len(column))))


@given(_RANGES, _SERIES)
def test_numbers(within: Range, series: list[Any]) -> None:
    assert values(within.numbers(series)) == [repr(within.number(value)) for value in series]


@given(_SERIES)
def test_whole_numbers(series: list[Any]) -> None:
    code = ranges.WEATHER_CODE
    assert values(code.wholes(series)) == [repr(code.whole(value)) for value in series]


@given(_RANGES, _SERIES, st.sampled_from([1, 0.001]))
def test_stored_numbers(within: Range, series: list[Any], factor: float) -> None:
    expected = [repr(within.stored(value, factor)) for value in series]
    assert values(within.stored_numbers(series, factor)) == expected


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf, 1e308, 10**400, "x", True])
def test_one_odd_value_is_missing_and_the_others_are_not(odd: object) -> None:
    for series in ([1.5, odd, 2.5], [odd, 1.5, 2.5], [1.5, 2.5, odd]):
        expected = [None if value is odd else value for value in series]
        for column in (
            ranges.TEMPERATURE.numbers(series),
            ranges.TEMPERATURE.stored_numbers(series),
        ):
            assert column.values(0, 3) == expected


def test_a_column_without_a_number_has_no_values() -> None:
    for series in ([None, None], ["x", 1e9], []):
        assert not ranges.TEMPERATURE.numbers(series).has_values
        assert not ranges.DEW_POINT.stored_numbers(series).has_values
    assert ranges.TEMPERATURE.numbers([None, 1.0]).has_values


@pytest.mark.parametrize(
    "times",
    [[0, 3600.0], ["0", "1"], [3600, 0], [0, 0], [0, 10**12], [-1, 0], [None, 0], [True, 5]],
)
def test_other_times_than_ascending_whole_seconds_are_refused(times: list[Any]) -> None:
    assert ranges.whole_seconds(times) is None


def test_ascending_whole_seconds_are_a_column_of_moments() -> None:
    times = [1_780_000_000, 1_780_003_600, 1_780_010_800]
    assert ranges.whole_seconds(times) == times
    moments = Column.of_seconds(times).values(0, 3)
    assert moments == [datetime.fromtimestamp(time, UTC) for time in times]
    assert ranges.whole_seconds([]) == []


def test_a_column_of_the_numbers_of_a_range_is_known_to_be_within_it() -> None:
    """No other pass over its numbers says so."""
    for values in ([1, 2, 3], [1.5, -2.5, 3.0]):
        column = ranges.TEMPERATURE.numbers(values)
        assert column.bounds is ranges.TEMPERATURE
        assert column.of_following_rows().bounds is ranges.TEMPERATURE
    outside = ranges.TEMPERATURE.numbers([1.5, 1000.0])
    assert outside.values(0, 2) == [1.5, None]
    assert not outside.is_within(ranges.Range(0, 1))
