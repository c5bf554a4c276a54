"""The estimate of a decoded entry's size is near what it takes."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cache import golden_entries
from tests.conftest import Clock
from weather.cache.codec import decode, encode
from weather.cache.entries import DECODED_BYTES, Entries
from weather.cache.entry import Entry
from weather.cache.memory_size import decoded_size
from weather.core import daily
from weather.core.models import CellForecast, Coordinates, Hours
from weather.stores.memory import Memory

AT = golden_entries.AT
_COPIES = 30


def forecast(count: int = 384) -> Entry[Any]:
    """With a value in each field of each hour."""
    names = [name for name in Hours.NAMES if name not in {"valid_at", "is_day", "weather_code"}]
    wave = [n * 7 % 97 / 10 for n in range(count)]
    hours = Hours.of_columns(
        {
            "valid_at": [AT.replace(minute=0) + timedelta(hours=n) for n in range(count)],
            "weather_code": [n * 7 % 97 for n in range(count)],
            **dict.fromkeys(names, wave),
        }
    )
    place = Coordinates(54.32, 10.13)
    lit = daily.with_daylight(replace(golden_entries.FORECAST, hours=hours), place)
    days = daily.days(lit.hours, place, "Europe/Berlin")
    return Entry(CellForecast(lit, "Europe/Berlin", days), AT, AT + timedelta(hours=1))


def memory(data: bytes) -> float:
    """Bytes that each of several decoded entries takes."""
    decode(data)  # what is made once
    tracemalloc.start()
    try:
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        decoded = [decode(data) for _ in range(_COPIES)]
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return (after - before) / len(decoded)


@pytest.mark.parametrize("count", [48, 384])
def test_a_forecast_takes_what_is_estimated(count: int) -> None:
    entry = forecast(count)
    data = encode(entry)
    assert decoded_size(entry.value, data) == pytest.approx(memory(data), rel=0.3)


def test_a_part_of_long_columns_has_the_size_of_the_whole() -> None:
    hours = Hours.of(forecast().value.forecast.hours)
    assert hours[:2].size() == hours.size()


def test_other_entries_take_no_more_than_is_estimated() -> None:
    for name in ("air-quality", "alerts", "places", "locator-result"):
        entry = golden_entries.ENTRIES[name]
        assert isinstance(entry, Entry)
        data = encode(entry)
        assert memory(data) < decoded_size(entry.value, data)


def test_decoded_entries_are_bounded_in_bytes(clock: Clock) -> None:
    entry = replace(forecast(), expires_at=clock() + timedelta(hours=1))
    size = decoded_size(entry.value, encode(entry))
    cache = Entries(Memory(), clock, decoded_bytes=5 * size)
    for number in range(6):
        cache.save(f"forecast {number}", entry, timedelta(hours=1))
    # The oldest comes last: its loading drops another.
    kept = [cache.get(f"forecast {number}") is entry for number in reversed(range(6))]
    assert kept == [True, True, True, True, True, False]


def test_three_hundred_forecasts_stay_decoded_in_each_process(clock: Clock) -> None:
    stored = encode(replace(forecast(), expires_at=clock() + timedelta(hours=1)))
    entry = decode(stored)
    assert isinstance(entry, Entry)
    assert 300 * decoded_size(entry.value, stored) <= DECODED_BYTES
