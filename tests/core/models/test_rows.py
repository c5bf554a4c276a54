"""Hours and days as columns: the same records as a tuple of them, sliced and read by field."""

from __future__ import annotations

from array import array
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reports
from tests.cache.strategies import DAYS, HOURS, MOMENTS
from weather.core.models import Conditions, Day, Days, Hours
from weather.core.models.column import Column

START = datetime(2026, 5, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
INDICES = st.none() | st.integers(-25, 25)


@settings(deadline=None)
@given(HOURS, INDICES, INDICES)
def test_hours_are_the_records_that_they_were_made_of(
    rows: tuple[Conditions, ...], start: int | None, stop: int | None
) -> None:
    hours = Hours.of(rows)
    assert hours == rows
    assert repr(hours) == repr(rows)
    assert list(hours) == list(rows) == [hours[n] for n in range(len(rows))]
    part, expected = hours[start:stop], rows[start:stop]
    assert (repr(part), len(part)) == (repr(expected), len(expected))
    assert hash(part) == hash(expected)
    assert [part[n] for n in range(-len(part), 0)] == list(expected)
    for field in fields(Conditions):
        assert part.column(field.name) == [getattr(row, field.name) for row in expected]
    assert repr(Hours(part.packed(), 0, len(part))) == repr(expected)


@settings(deadline=None)
@given(st.lists(DAYS, max_size=4).map(tuple), INDICES, INDICES)
def test_days_are_the_records_that_they_were_made_of(
    rows: tuple[Day, ...], start: int | None, stop: int | None
) -> None:
    days = Days.of(rows)
    assert repr(days) == repr(rows)
    assert repr(days[start:stop]) == repr(rows[start:stop])
    assert days.column("astronomy.sunset") == [row.astronomy.sunset for row in rows]
    assert days.column("temperature_max") == [row.temperature_max for row in rows]


def hourly(count: int = 48, **values: Any) -> Hours:
    return Hours.of_columns({"valid_at": [START + n * HOUR for n in range(count)], **values})


def test_a_slice_is_a_view_of_the_same_columns() -> None:
    hours = hourly(temperature=[n / 10 for n in range(48)])
    part = hours[10:40][5:]
    assert part.column("temperature") == [n / 10 for n in range(15, 40)]
    assert Hours.of(part) is part
    assert hours[40:10] == ()
    assert hours[::6] == tuple(hours)[::6]
    assert hours[::-1] == tuple(hours)[::-1]


@pytest.mark.parametrize("index", [-49, 48])
def test_a_row_beyond_the_hours_is_an_error_as_in_a_tuple(index: int) -> None:
    with pytest.raises(IndexError):
        hourly()[index]
    with pytest.raises(IndexError):
        hourly()[:0][0]


def test_a_field_without_values_is_missing_in_every_row() -> None:
    assert hourly(3).column("visibility") == [None, None, None]
    assert "visibility" not in hourly(3, visibility=[None, None, None]).packed()


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        hourly(3, temperature=[1.0])
    with pytest.raises(ValueError, match="different lengths"):
        hourly(3).with_columns(temperature=[1.0])


def test_a_field_is_replaced_in_a_view_and_not_in_the_rows_it_was_taken_of() -> None:
    hours = hourly(4, temperature=[1.0, 2.0, 3.0, 4.0], is_day=[True] * 4)
    part = hours[2:].with_columns(is_day=[False, None], snowfall=[None, None])
    assert part == tuple(
        replace(hour, is_day=light) for hour, light in zip(hours[2:], (False, None), strict=True)
    )
    assert hours.column("is_day") == [True] * 4


@settings(deadline=None)
@given(st.lists(MOMENTS, max_size=20), MOMENTS, MOMENTS)
def test_hours_between_two_moments_are_found_in_any_ascending_hours(
    moments: list[datetime], start: datetime, end: datetime
) -> None:
    moments.sort()
    hours = Hours.of([Conditions(moment) for moment in moments])
    for first, last in ((start, end), (None, end), (start, None), (None, None)):
        expected = [m for m in moments if (not first or first <= m) and (not last or m < last)]
        assert hours.between(first, last).column("valid_at") == expected


@pytest.mark.parametrize("step", [timedelta(hours=1), timedelta(minutes=30), timedelta(hours=6)])
def test_a_moment_between_equally_spaced_hours_is_found(step: timedelta) -> None:
    hours = Hours.of([Conditions(START + n * step) for n in range(9)])
    second = timedelta(microseconds=1)
    for n in range(9):
        assert hours.count_before(START + n * step) == n
        assert hours.count_before(START + n * step + second) == n + 1
        assert hours.count_before(START + n * step - second) == n
    assert hours[3:6].count_before(START) == 0
    assert hours[3:6].count_before(START + 4 * step) == 1
    assert hours[3:6].count_before(START + 99 * step) == 3


def test_sixteen_days_take_a_few_kilobytes() -> None:
    hours = Hours.of(reports.report().hours)
    # As providers are read: these reports have sums of floats, and a negative zero.
    names = ("pressure_msl", "dew_point")
    read = {name: [round(value, 1) + 0.0 for value in hours.column(name)] for name in names}
    columns = hours.with_columns(**read).packed().values()
    arrays = [column.numbers for column in columns if isinstance(column.numbers, array)]
    assert sum(numbers.itemsize * len(numbers) for numbers in arrays) < 10_000
    assert [type(c.numbers) for c in columns if not isinstance(c.numbers, array)] == [range]


def test_only_a_column_with_a_negative_zero_needs_floats_for_it() -> None:
    for values in ([0.0, 208.0, 2.0], [0.0, -0.5, 0.0]):
        assert Column.of(values).kind == "decimal"
    for values in ([0.0, -0.0], [-0.0, 1.5]):
        assert Column.of(values).kind == "float"
        assert repr(Column.of(values).values(0, 2)) == repr(values)
