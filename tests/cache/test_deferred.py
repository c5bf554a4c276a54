"""The columns of a stored entry are unpacked when they are read, and read as if they had been
unpacked at once."""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate
from typing import Any

import pytest

from tests.cache import golden_entries
from tests.cache.test_codec_refusals import forecast_of, of_header
from weather.cache.codec import decode, encode
from weather.cache.entry import Entry
from weather.cache.kinds import checked_entry
from weather.cache.memory_size import decoded_size
from weather.core.models import CellForecast, Hours
from weather.core.ranges import Range

AT = golden_entries.AT
COUNT = 400


def stored(**columns: object) -> Entry[Any]:
    """The entry of a forecast whose columns have 400 numbers, all of them 1."""
    times = ["moment/1 range", 1_778_800_000, 3600]
    series = {"count": COUNT, "at": 0, "columns": {"valid_at": times, **columns}}
    entry = decode(of_header(forecast_of(series), b"\1" * 2 * COUNT))
    assert isinstance(entry, Entry)
    return entry


def cell(entry: Entry[Any]) -> Hours:
    """The hours within the limits of a cell's forecast."""
    value = CellForecast(entry.value, "Etc/UTC", ())
    checked = checked_entry("forecast x", Entry(value, AT, AT + timedelta(hours=1)))
    assert checked is not None
    assert isinstance(checked.value, CellForecast)
    return Hours.of(checked.value.forecast.hours)


def test_rows_are_the_same_in_whatever_order_they_are_read() -> None:
    form = ["decimal/1 i16 i8", -200]
    expected = [float(number) for number in accumulate([-200] + [1] * (COUNT - 1))]
    for order in ((slice(0, 5), slice(130, COUNT), slice(0, COUNT)), (slice(398, COUNT),)):
        hours = Hours.of(stored(temperature=form).value.hours)
        for rows in order:
            assert hours[rows].column("temperature") == expected[rows]
        assert [hours[-1].temperature, hours[3].temperature] == [expected[-1], expected[3]]


def test_a_column_follows_another_one_that_is_not_read() -> None:
    gusts = ["decimal/1 i16 i8", ["wind_speed", 8192, 0]]
    entry = stored(wind_speed=["decimal/1 i16 i8", 5], wind_gusts=gusts)
    hours = Hours.of(entry.value.hours)
    assert hours[:3].column("wind_gusts") == [11.0, 13.0, 15.0]
    assert hours[COUNT - 1 :].column("wind_gusts") == [2.0 * (5 + COUNT - 1) + 1]


def test_numbers_that_the_type_has_not_leave_a_field_without_values() -> None:
    hours = cell(stored(temperature=["decimal/1 i8 i8", 1], cloud_cover=["decimal/1 i8 i8"]))
    assert hours[COUNT - 2 :].column("temperature") == [None, None]
    assert hours[COUNT - 2 :].column("cloud_cover") == [1.0, 1.0]


def test_a_column_of_such_numbers_lacks_each_row_so_that_a_rule_may_need_it() -> None:
    hours = Hours.of(stored(temperature=["decimal/1 i8 i8", 1]).value.hours)
    column = hours.packed()["temperature"]
    assert column.missing == (1 << COUNT) - 1
    assert column.kind == "decimal"
    assert not column.is_within(Range(1, 9))


def test_a_column_may_refer_to_one_whose_numbers_are_missing() -> None:
    gusts = ["decimal/1 i16 i8", ["wind_speed", 8192, 0]]
    hours = cell(stored(wind_speed=["decimal/1 i8 i8", 1], wind_gusts=gusts))
    assert hours[COUNT - 2 :].column("wind_speed") == [None, None]
    assert hours[COUNT - 2 :].column("wind_gusts") == [1.0, 1.0], "the residuals alone"


@pytest.mark.parametrize("rows", [slice(0, 3), slice(0, COUNT)])
def test_values_out_of_their_limits_are_missing(rows: slice) -> None:
    expected = [float(n) if n <= 65 else None for n in range(63, 63 + COUNT)]
    hours = cell(stored(temperature=["decimal/1 i16 i8", 63]))
    assert hours[rows].column("temperature") == expected[rows]
    assert hours[3].temperature is None


def test_what_is_unpacked_takes_no_more_than_is_estimated() -> None:
    from tests.cache.test_memory_size import forecast

    data = encode(forecast())
    entry = decode(data)
    assert isinstance(entry, Entry)
    before = decoded_size(entry.value, data)
    assert len([hour.temperature for hour in entry.value.forecast.hours]) == 384
    assert decoded_size(entry.value, data) == before
