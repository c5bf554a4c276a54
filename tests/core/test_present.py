from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from weather.core import present
from weather.core.models import Conditions, Coordinates, Forecast

BERLIN = Coordinates(52.52, 13.4)
HOUR = timedelta(hours=1)


def forecast(start: datetime, count: int, **changes: object) -> Forecast:
    hours = tuple(
        Conditions(start + n * HOUR, temperature=float(n % 24), precipitation=1.0)
        for n in range(count)
    )
    return replace(Forecast("test", (), hours), **changes)  # type: ignore[arg-type]


def test_current_conditions_are_measured_and_the_hours_where_no_value_is_measured() -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    measured = Conditions(start + timedelta(minutes=105), temperature=99.0)
    hourly = forecast(start, 24, current=measured)
    now = present.current_at(hourly, start + timedelta(minutes=110), BERLIN)
    assert now
    assert (now.valid_at, now.temperature, now.precipitation) == (measured.valid_at, 99, 1)


def test_old_measurements_are_replaced_by_the_hour() -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    hourly = forecast(start, 24, current=Conditions(start, temperature=99.0))
    now = present.current_at(hourly, start + timedelta(hours=5, minutes=10), BERLIN)
    assert now
    assert (now.valid_at, now.temperature) == (start + timedelta(hours=5), 5)


@pytest.mark.parametrize("hours", [-4, 24, 100])
def test_a_forecast_of_another_time_has_no_current_conditions(hours: int) -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    assert present.current_at(forecast(start, 24), start + hours * HOUR, BERLIN) is None
