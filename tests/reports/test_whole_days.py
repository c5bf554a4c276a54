"""A day's high, low and mean are those of the whole local day, or none.

Reported of MET Norway, whose forecast begins with the present hour: Riyadh, 27 to 45 °C, had
45/27 at 00:05, 45/32 at 15:10 and 32/32 at 23:05, and from the rest of the day a mean that was
"6° colder than usual". A last day of which 12 of 24 values were null had a high of 19 °C instead
of 23 °C.

The rule: WMO's daily mean is that of the main and intermediate synoptic hours, which are three
hours apart (WMO-No. 100, 4.8), so that a wider gap leaves no summary of a day.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import Clock
from tests.forecasts.fakes import CREDIT
from weather.cache.cache import Cache
from weather.core import daily
from weather.core.deadline import Deadline
from weather.core.models import (
    ClimateNormal,
    Conditions,
    Coordinates,
    Day,
    Forecast,
    LocatedBy,
    LocatedPlace,
    Place,
    Report,
)
from weather.core.threads import ThreadPool
from weather.forecasts.service import ForecastService
from weather.stores.memory import Memory

HOUR = timedelta(hours=1)
RIYADH = Place(Coordinates(24.69, 46.72), "Riyadh", timezone="Asia/Riyadh")
MIDNIGHT = datetime(2026, 7, 10, tzinfo=ZoneInfo("Asia/Riyadh"))


def temperature(moment: datetime) -> float:
    """27 °C at 04:00 and 45 °C at 16:00 in Riyadh."""
    hour = moment.astimezone(ZoneInfo("Asia/Riyadh")).hour
    return round(36 - 9 * math.cos((hour - 4) / 12 * math.pi), 1)


class FromThisHourOn:
    """A provider whose forecast begins with the present hour, like MET Norway's."""

    name = "met-norway"

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast:
        start = self.clock().replace(minute=0)
        hours = tuple(
            Conditions(
                start + n * HOUR,
                temperature=temperature(start + n * HOUR),
                precipitation=0.5,
            )
            for n in range(200)
        )
        return Forecast(self.name, (CREDIT,), hours)


class Normals:
    credits = ()

    def normal(self, where: Coordinates, day: object) -> ClimateNormal:
        return ClimateNormal(36.0, 0.0, 0.0, "2000–2025")


@pytest.fixture
def service(clock: Clock) -> ForecastService:
    cache = Cache(Memory(), clock)
    return ForecastService(
        [FromThisHourOn(clock)], None, Normals(), cache, clock, threads=ThreadPool(8, "fetch")
    )


def report_at(service: ForecastService, clock: Clock, moment: datetime) -> Report:
    clock.moment = moment.astimezone(UTC)
    return service.report(LocatedPlace(RIYADH, LocatedBy.NAME), Deadline(5))


@pytest.mark.parametrize(("hour", "minute"), [(0, 5), (1, 5), (15, 10), (23, 5)])
def test_a_forecast_that_begins_today_has_no_high_of_the_hours_that_are_left(
    service: ForecastService, clock: Clock, hour: int, minute: int
) -> None:
    report = report_at(service, clock, MIDNIGHT.replace(hour=hour, minute=minute))
    today, tomorrow = report.days[:2]
    whole = hour == 0
    assert today.temperature_max == (45 if whole else None)
    assert today.temperature_min == (27 if whole else None)
    assert today.temperature_mean == (36 if whole else None)
    assert today.precipitation == (12 if whole else None)
    assert report.climate
    assert report.climate.departure == (0 if whole else None)
    assert (tomorrow.temperature_max, tomorrow.temperature_min) == (45, 27)


@pytest.mark.parametrize("every", [1, 3, 7])
def test_a_refresh_keeps_the_hours_of_today_that_the_new_forecast_lacks(
    service: ForecastService, clock: Clock, every: int
) -> None:
    """The hours since the last refresh are those of the forecast before."""
    for hour in range(0, 24, every):
        report = report_at(service, clock, MIDNIGHT + hour * HOUR + timedelta(minutes=5))
        today = report.days[0]
        assert (today.temperature_max, today.temperature_min) == (45, 27)
        assert (today.temperature_mean, today.precipitation) == (36, 12)
        assert len(report.earlier) == hour


def test_hours_are_kept_for_a_day(service: ForecastService, clock: Clock) -> None:
    for hour in range(0, 72, 5):
        report = report_at(service, clock, MIDNIGHT + hour * HOUR)
        assert len(report.earlier) == hour % 24
        assert len(report.days) <= 10
        assert report.days[0].temperature_max == 45


def day_of(temperatures: Sequence[float | None], start: datetime = MIDNIGHT) -> Day:
    hours = [
        Conditions(start.astimezone(UTC) + n * HOUR, temperature=value, precipitation=value)
        for n, value in enumerate(temperatures)
    ]
    return daily.days(hours, RIYADH.coordinates, "Asia/Riyadh")[-1]


# 23 °C at noon
RISING = [19 + 4 * math.sin(n / 24 * math.pi) for n in range(24)]


@pytest.mark.parametrize(
    ("missing", "high"),
    [
        (range(24, 24), 23),
        (range(3, 5), 23),  # two hours between values that are three apart
        (range(3, 6), None),
        (range(12, 24), None),
        (range(12), None),
        (range(1), None),
    ],
)
def test_a_day_with_a_gap_in_its_values_has_no_high(missing: range, high: float | None) -> None:
    day = day_of([*RISING, *(None if n in missing else RISING[n] for n in range(24))])
    assert day.temperature_max == high
    assert (day.temperature_min is None) == (high is None)
    assert (day.temperature_mean is None) == (high is None)


def test_a_sum_needs_every_hour() -> None:
    hourly: list[float | None] = [1.0] * 48
    assert day_of(hourly).precipitation == 24
    hourly[47] = None
    assert day_of(hourly).precipitation == 23  # a forecast ends before midnight's sum
    hourly[30] = None
    assert day_of(hourly).precipitation is None


def test_a_last_day_is_listed_for_its_values_and_not_for_its_rows() -> None:
    assert day_of([*RISING, *([20.0] * 11 + [None] * 13)]).date == MIDNIGHT.date()
    assert day_of([*RISING, *([20.0] * 12 + [None] * 12)]).date > MIDNIGHT.date()
