"""Whether it is day at an hour, however it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from weather.core import daily
from weather.core.astronomy import daylight, is_day
from weather.core.daylight import Daylight
from weather.core.models import Conditions, Coordinates, Forecast, Hours
from weather.core.models.column import Column

START = datetime(2026, 2, 10, tzinfo=UTC)
PLACES = [Coordinates(52.52, 13.4), Coordinates(78.22, 15.65), Coordinates(-90, 0)]
TIMES = {
    "hours": [START + timedelta(hours=number) for number in range(60)],
    "steps": [START + timedelta(hours=hour) for hour in (0, 1, 2, 3, 6, 9, 12, 18, 24)],
    "half hours": [START + timedelta(minutes=30, hours=number) for number in range(60)],
}


def lit(place: Coordinates, times: list[datetime]) -> Hours:
    hours = tuple(Conditions(time, temperature=1.0) for time in times)
    return Hours.of(daily.with_daylight(Forecast("x", (), hours), place).hours)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("times", TIMES.values(), ids=TIMES)
def test_it_is_that_of_the_moments(place: Coordinates, times: list[datetime]) -> None:
    expected = [is_day(place, time) for time in times]
    count = len(times)
    assert [lit(place, times)[row].is_day for row in range(count)] == expected
    assert [hour.is_day for hour in lit(place, times)] == expected
    hours = lit(place, times)
    assert isinstance(hours.columns["is_day"], Daylight)
    assert hours[3].is_day == expected[3]
    assert hours[2:7].column("is_day") == expected[2:7]
    part = hours[2:].part("is_day")
    assert part is not None
    assert part.values(0, count) == expected[2:]
    assert [hours[row].is_day for row in range(-count, 0)] == expected
    assert hours.followed_by(hours).column("is_day") == expected * 2


def test_an_hour_is_read_without_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    moments: list[int] = []

    def recorded(place: Coordinates, times: list[int]) -> list[bool]:
        moments.extend(times)
        return daylight(place, times)

    monkeypatch.setattr("weather.core.daylight.daylight", recorded)
    hours = lit(PLACES[0], TIMES["hours"])
    assert not moments
    assert (hours[11].is_day, hours[23].is_day) == (True, False)
    assert len(moments) == 2
    assert len(hours.column("is_day")) == len(hours[5:].column("is_day")) + 5
    assert len(moments) == 2 + len(hours), "those of all hours are computed once"


def test_moments_between_seconds_have_values_of_their_own() -> None:
    times = [time + timedelta(microseconds=5) for time in TIMES["hours"]]
    hours = lit(PLACES[0], times)
    assert hours.column("is_day") == [is_day(PLACES[0], time) for time in times]
    with pytest.raises(ValueError, match="seconds"):
        Daylight.at(PLACES[0], Column.of(times))


def test_a_forecast_without_hours_stays_as_it_is() -> None:
    forecast = Forecast("x", (), ())
    assert daily.with_daylight(forecast, PLACES[0]) is forecast
    assert replace(forecast, hours=lit(PLACES[0], [])) == forecast
