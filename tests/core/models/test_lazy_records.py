"""A record whose fields are read when they are needed is like any other of its class."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import pytest

from weather.core.models import Astronomy, Conditions, Day, Days, Hours

AT = datetime(2026, 5, 15, 8, tzinfo=UTC)
HOUR = Conditions(AT, temperature=12.5, weather_code=3)
DAY = Day(date(2026, 5, 15), Astronomy(sunrise=AT, moon_phase=0.25), temperature_max=20.0)


@pytest.mark.parametrize(
    ("lazy", "record"), [(Hours.of([HOUR])[0], HOUR), (Days.of([DAY])[0], DAY)]
)
def test_it_equals_the_record(lazy: object, record: object) -> None:
    assert lazy == record
    assert record == lazy
    assert hash(lazy) == hash(record)
    assert repr(lazy) == repr(record)
    assert isinstance(lazy, type(record))


def test_it_differs_from_other_records() -> None:
    lazy = Hours.of([HOUR])[0]
    assert lazy != replace(HOUR, temperature=1.0)
    assert lazy != object()
    assert Days.of([DAY])[0] != replace(DAY, astronomy=Astronomy())


def test_it_can_be_copied_with_other_values() -> None:
    day = replace(Days.of([DAY])[0], temperature_max=1.0)
    assert day == replace(DAY, temperature_max=1.0)
    assert asdict(Hours.of([HOUR])[0]) == asdict(HOUR)


def test_it_has_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        _ = Hours.of([HOUR])[0]._unknown  # type: ignore[attr-defined]
