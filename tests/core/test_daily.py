from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from weather.core import daily, formulas
from weather.core.models import Conditions, Coordinates, Day, Forecast

BERLIN = Coordinates(52.52, 13.4)
HOUR = timedelta(hours=1)


def forecast(start: datetime, count: int, **changes: object) -> Forecast:
    hours = tuple(
        Conditions(
            start + n * HOUR, temperature=float(n % 24), precipitation=1.0, weather_code=n % 4
        )
        for n in range(count)
    )
    return replace(Forecast("test", (), hours), **changes)  # type: ignore[arg-type]


def days_of(told: Forecast, timezone: str) -> tuple[Day, ...]:
    return daily.days(daily.with_daylight(told, BERLIN).hours, BERLIN, timezone)


def test_days_are_local_and_right_past_a_clock_change() -> None:
    # From Saturday's midnight in Berlin on; clocks go back on Sunday, 25 October 2026.
    start = datetime(2026, 10, 23, 22, tzinfo=UTC)
    found = days_of(forecast(start, 24 * 4 + 2), "Europe/Berlin")
    assert [day.date.day for day in found] == [24, 25, 26, 27]
    # An hour's sum belongs to the day that the hour lies in: 25 of them on the long day.
    assert [day.precipitation for day in found] == [24, 25, 24, 24]
    sunrise = found[1].astronomy.sunrise
    assert sunrise
    assert sunrise.hour == 5


def test_a_day_names_its_extremes() -> None:
    found = days_of(forecast(datetime(2026, 5, 1, tzinfo=UTC), 24), "UTC")[0]
    assert (found.temperature_max, found.temperature_min, found.temperature_mean) == (23, 0, 11.5)
    assert found.weather_code == 3
    assert found.wind_speed is None


def test_the_ragged_end_of_a_forecast_is_no_day() -> None:
    found = days_of(forecast(datetime(2026, 5, 1, tzinfo=UTC), 24 + 11), "UTC")
    assert [day.date for day in found] == [date(2026, 5, 1)]


def test_an_hour_a_thousand_years_ahead_makes_no_thousand_years_of_days() -> None:
    told = forecast(datetime(2026, 5, 1, tzinfo=UTC), 24)
    odd = Conditions(datetime(3026, 5, 1, tzinfo=UTC))
    found = days_of(replace(told, hours=(*told.hours, odd)), "UTC")
    assert [day.date for day in found] == [date(2026, 5, 1)]


def test_current_conditions_are_the_measured_ones_and_the_hours_for_the_rest() -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    measured = Conditions(start + timedelta(minutes=105), temperature=99.0)
    told = forecast(start, 24, current=measured)
    now = daily.current_at(told, start + timedelta(minutes=110), BERLIN)
    assert now
    assert (now.valid_at, now.temperature, now.precipitation) == (measured.valid_at, 99, 1)


def test_old_measurements_give_way_to_the_hour() -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    told = forecast(start, 24, current=Conditions(start, temperature=99.0))
    now = daily.current_at(told, start + timedelta(hours=5, minutes=10), BERLIN)
    assert now
    assert (now.valid_at, now.temperature) == (start + timedelta(hours=5), 5)


@pytest.mark.parametrize("hours", [-1, 24, 100])
def test_a_forecast_of_another_time_has_nothing_current(hours: int) -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    assert daily.current_at(forecast(start, 24), start + hours * HOUR, BERLIN) is None


@pytest.mark.parametrize(
    ("name", "longitude", "zone"),
    [
        ("Europe/Berlin", 13, "Europe/Berlin"),
        ("Mars/Base", 13, "Etc/GMT-1"),
        ("../../etc/passwd", 0, "Etc/GMT"),
        ("", -7.5, "Etc/GMT"),
        (None, -75, "Etc/GMT+5"),
        (None, 180, "Etc/GMT-12"),
        (None, -180, "Etc/GMT+12"),
    ],
)
def test_every_place_has_a_time_zone(name: str | None, longitude: float, zone: str) -> None:
    place = Coordinates(0, longitude)
    assert (daily.valid_zone(name) or daily.nautical_zone(place)) == zone


@pytest.mark.parametrize(
    ("temperature", "humidity", "expected"),
    # Lawrence (2005), Bulletin of the American Meteorological Society, gives such pairs.
    [
        (20.0, 100.0, 20.0),
        (20.0, 50.0, 9.3),
        (-10.0, 80.0, -12.8),
        (None, 50.0, None),
        (1, 0, None),
        (20.0, 5e-324, -237.4),
    ],
)
def test_dew_point(temperature: float | None, humidity: float, expected: float | None) -> None:
    assert formulas.dew_point(temperature, humidity) == (
        pytest.approx(expected, abs=0.15) if expected is not None else None
    )


def test_apparent_temperature_falls_with_wind_and_rises_with_damp() -> None:
    calm = formulas.apparent_temperature(25, 50, 0)
    windy = formulas.apparent_temperature(25, 50, 36)
    damp = formulas.apparent_temperature(25, 90, 0)
    assert calm
    assert windy == pytest.approx(calm - 7)
    assert damp
    assert damp > calm
    assert formulas.apparent_temperature(25, None, 0) is None


@pytest.mark.parametrize(
    ("winds", "expected"),
    [
        ([(10.0, 350.0), (10.0, 10.0)], 0),
        ([(5.0, 90.0)], 90),
        ([(5.0, 90.0), (5.0, 270.0)], None),
        ([], None),
    ],
)
def test_mean_direction(winds: list[tuple[float, float]], expected: float | None) -> None:
    assert formulas.mean_direction(winds) == expected
