"""A forecast without a row for the present hour is used: its measured values, and the hours next
to the missing one.

Reported of Open-Meteo, where the row of an hour may be missing although `current` is there, and
of MET Norway, whose first step may be in the future.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import Clock
from tests.forecasts.fakes import Forecaster, report
from weather.cache.cache import Cache
from weather.core import present
from weather.core.deadline import Deadline
from weather.core.models import Conditions, Coordinates, Forecast, Place
from weather.core.threads import ThreadPool
from weather.forecasts.service import ForecastService
from weather.stores.memory import Memory

HERE = Coordinates(47.37, 8.55)
NOON = datetime(2026, 5, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def forecast(hours: list[float], measured: float | None = None) -> Forecast:
    """With rows at hours after noon, and measured values of 15 minutes past."""
    rows = tuple(Conditions(NOON + h * 60 * MINUTE, temperature=h, wind_speed=5.0) for h in hours)
    current = None if measured is None else Conditions(NOON + 15 * MINUTE, temperature=measured)
    return Forecast("test", (), rows, current)


@pytest.mark.parametrize(
    ("hours", "measured", "temperature", "wind_speed"),
    [
        ([-1, 1, 2], None, 1, 5),  # 40 minutes ahead, and the other one 80 ago
        ([-1, 1, 2], 20.0, 20, 5),
        ([1, 2], None, 1, 5),  # the first step is in the future
        ([1, 2], 20.0, 20, 5),
        ([-2, 3, 4], None, -2, 5),
        ([9, 10], 20.0, 20, None),  # what is measured, where no hour is near
    ],
)
def test_the_nearest_hour_stands_for_a_missing_one(
    hours: list[float], measured: float | None, temperature: float, wind_speed: float | None
) -> None:
    given = forecast(hours, measured)
    current = present.current_at(given, NOON + 20 * MINUTE, HERE)
    assert current
    assert (current.temperature, current.wind_speed) == (temperature, wind_speed)
    assert present.covers(given, NOON + 20 * MINUTE)


@pytest.mark.parametrize("hours", [[], [-2, -1], [9, 10], [-9, 9]])
def test_a_forecast_of_another_time_covers_no_moment(hours: list[float]) -> None:
    given = forecast(hours)
    assert present.current_at(given, NOON + 20 * MINUTE, HERE) is None
    assert not present.covers(given, NOON + 20 * MINUTE)


def test_measured_values_do_not_outlive_their_forecast() -> None:
    assert not present.covers(forecast([-2, -1], 20.0), NOON + 20 * MINUTE)


class WithoutThisHour(Forecaster):
    """As when a provider's row of the present hour is missing."""

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast:
        whole = super().forecast(where, previous, deadline)
        this_hour = self.now().replace(minute=0)
        rows = tuple(hour for hour in whole.hours if hour.valid_at != this_hour)
        return Forecast(self.name, whole.credits, rows)


def test_a_report_uses_a_forecast_without_the_present_hour(clock: Clock) -> None:
    provider = WithoutThisHour("one", clock)
    service = ForecastService(
        [provider], None, None, Cache(Memory(), clock), clock, threads=ThreadPool(8, "fetch")
    )
    made = report(service, Place(HERE))
    assert made.current.temperature == 9  # at 08:20, when 09:00 is nearer than 07:00
    assert len(made.days) == 4
    assert made.hours[0].valid_at > clock()
