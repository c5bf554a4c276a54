from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import fmean
from typing import Any

import pytest

from weather.core import daily, formulas
from weather.core.astronomy import astronomy
from weather.core.models import Astronomy, Conditions, Coordinates, Days, Forecast, Hours
from weather.core.models.column import Column
from weather.core.ranges import Range
from weather.core.rounding import rounded

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


def days_of(forecast: Forecast, timezone: str) -> Days:
    return daily.days(daily.with_daylight(forecast, BERLIN).hours, BERLIN, timezone)


def test_days_are_local_also_past_a_clock_change() -> None:
    # From Saturday's midnight in Berlin on; clocks go back on Sunday, 25 October 2026.
    start = datetime(2026, 10, 23, 22, tzinfo=UTC)
    days = days_of(forecast(start, 24 * 4 + 2), "Europe/Berlin")
    assert [day.date.day for day in days] == [24, 25, 26, 27]
    # An hour's sum belongs to the day that the hour lies in: 25 of them on the long day.
    assert [day.precipitation for day in days] == [24, 25, 24, 24]
    sunrise = days[1].astronomy.sunrise
    assert sunrise
    assert sunrise.hour == 5


def test_a_day_holds_its_extremes() -> None:
    (day,) = days_of(forecast(datetime(2026, 5, 1, tzinfo=UTC), 24), "UTC")
    assert (day.temperature_max, day.temperature_min, day.temperature_mean) == (23, 0, 11.5)
    assert day.weather_code == 3
    assert day.wind_speed is None


def test_the_last_hours_of_a_forecast_are_no_day() -> None:
    days = days_of(forecast(datetime(2026, 5, 1, tzinfo=UTC), 24 + 11), "UTC")
    assert [day.date for day in days] == [date(2026, 5, 1)]


def test_an_hour_a_thousand_years_ahead_adds_no_days_in_between() -> None:
    hourly = forecast(datetime(2026, 5, 1, tzinfo=UTC), 24)
    odd = Conditions(datetime(3026, 5, 1, tzinfo=UTC))
    days = days_of(replace(hourly, hours=(*hourly.hours, odd)), "UTC")
    assert [day.date for day in days] == [date(2026, 5, 1)]


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
def test_every_place_has_a_valid_or_a_nautical_time_zone(
    name: str | None, longitude: float, zone: str
) -> None:
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
    speeds, directions = zip(*winds, strict=True) if winds else ((), ())
    vectors = formulas.wind_vectors(speeds, directions)
    assert formulas.mean_direction([wind for wind in vectors if wind]) == expected


def test_sun_and_moon_that_are_known_are_not_computed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a forecast whose days begin one later, with another last one."""
    hourly = forecast(datetime(2026, 5, 1, tzinfo=UTC), 96)
    previous = daily.days(hourly.hours[:72], BERLIN, "UTC")
    expected = list(map(repr, daily.days(hourly.hours, BERLIN, "UTC")))
    known = previous[1].astronomy.sunrise, previous[2].astronomy.moonset
    days = daily.days(hourly.hours[24:], BERLIN, "UTC", previous)
    elsewhere = daily.days(hourly.hours[24:], Coordinates(52.52, 13.5), "UTC", previous)
    monkeypatch.setattr("weather.core.rises.crossings", unexpected)
    assert (days[0].astronomy.sunrise, days[1].astronomy.moonset) == known
    for row, name in ((1, "sunrise"), (0, "moonset"), (2, "sunrise")):
        with pytest.raises(AssertionError, match="computed"):
            getattr(days[row].astronomy, name)
    with pytest.raises(AssertionError, match="computed"):
        _ = elsewhere[0].astronomy.sunrise
    monkeypatch.undo()
    assert list(map(repr, days)) == expected[1:]


def unexpected(*_: object) -> None:
    raise AssertionError("sun or moon is computed")


@pytest.mark.parametrize("timezone", ["Europe/Berlin", "America/New_York"])
def test_days_have_sun_and_moon_of_their_date_and_zone(timezone: str) -> None:
    hourly = forecast(datetime(2026, 10, 23, 22, tzinfo=UTC), 120)
    days = daily.days(hourly.hours, BERLIN, timezone)
    expected = [astronomy(BERLIN, day, timezone) for day in days.column("date")]
    assert [repr(day.astronomy) for day in days] == list(map(repr, expected))
    assert [days[row].astronomy for row in range(len(days))] == expected
    for field in fields(Astronomy):
        values = [getattr(sky, field.name) for sky in expected]
        assert days[1:].column(f"astronomy.{field.name}") == values[1:]


def test_a_day_of_the_polar_night_has_no_sunrise_among_others_that_have() -> None:
    hourly = forecast(datetime(2026, 1, 10, tzinfo=UTC), 24 * 15)
    days = daily.days(hourly.hours, Coordinates(69.65, 18.96), "Europe/Oslo")
    rises = days.column("astronomy.sunrise")
    assert rises[0] is None
    assert rises[-1] == days[-1].astronomy.sunrise is not None
    assert days[:1].column("astronomy.sunrise") == [None]


def test_threads_that_read_sun_and_moon_at_once_read_the_same() -> None:
    hourly = forecast(datetime(2026, 5, 1, tzinfo=UTC), 24 * 16)
    days = daily.days(hourly.hours, BERLIN, "Europe/Berlin")
    expected = repr(daily.days(hourly.hours, BERLIN, "Europe/Berlin"))
    start = threading.Barrier(8)

    def read(_: int) -> str:
        start.wait(5)
        return repr(days)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(read, range(8))) == {expected}


def test_the_rest_of_a_day_has_what_is_still_to_come() -> None:
    """Of what of today has passed, nothing is forecast; a high is that of the day."""
    start = datetime(2026, 5, 1, tzinfo=UTC)
    hours = tuple(
        Conditions(
            start + n * HOUR,
            temperature=float(n % 24),
            precipitation=1.0 if n < 12 else 0.0,
            precipitation_probability=90.0 if n < 12 else 5.0,
            weather_code=63 if n < 12 else 2,
            wind_gusts=80.0 if n < 12 else 20.0,
        )
        for n in range(48)
    )
    (today, _) = daily.days(hours, BERLIN, "UTC")
    rest = daily.rest_of_day(today, hours[14:], "UTC")
    assert (today.precipitation, today.weather_code, today.wind_gusts) == (12, 63, 80)
    assert (rest.precipitation, rest.precipitation_probability) == (0, 5)
    assert (rest.weather_code, rest.wind_gusts) == (2, 20)
    assert (rest.temperature_max, rest.temperature_min) == (23, 0)
    assert rest.astronomy == today.astronomy


def test_nothing_is_left_of_a_day_without_hours_to_come() -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    hourly = forecast(start, 48)
    today, _ = days_of(hourly, "UTC")
    rest = daily.rest_of_day(today, hourly.hours[24:], "UTC")
    assert (rest.weather_code, rest.precipitation, rest.wind_gusts) == (None, None, None)


class UnreadColumn(Column):
    """The column of a field that is not to be read."""

    def values(self, start: int, stop: int) -> list[Any]:
        raise AssertionError(f"the rows from {start} to {stop} are read")

    def part(self, start: int, stop: int) -> Column:
        raise AssertionError(f"the rows from {start} to {stop} are read")


def test_aggregates_are_computed_when_they_are_read() -> None:
    hours = Hours.of(forecast(datetime(2026, 5, 1, tzinfo=UTC), 48).hours)
    unread = UnreadColumn("decimal", range(48))
    days = daily.days(Hours({**hours.columns, "wind_speed": unread}, 0, 48), BERLIN, "UTC")
    assert days.column("temperature_max") == [23, 23]
    assert days[1].astronomy.sunrise
    rises = [days[row].astronomy.sunrise for row in range(2)]
    assert days.column("astronomy.sunrise") == rises
    with pytest.raises(AssertionError, match="are read"):
        days.column("wind_speed")


def test_of_the_rest_of_a_day_only_what_is_read_is_computed() -> None:
    hours = Hours.of(forecast(datetime(2026, 5, 1, tzinfo=UTC), 48).hours)
    unread = UnreadColumn("decimal", range(48))
    hours = Hours({**hours.columns, "wind_speed": unread, "cloud_cover": unread}, 0, 48)
    rest = daily.rest_of_day(daily.days(hours, BERLIN, "UTC")[0], hours[14:], "UTC")
    assert (rest.precipitation, rest.temperature_max) == (10, 23)
    for field in ("wind_speed", "cloud_cover"):
        with pytest.raises(AssertionError, match="are read"):
            getattr(rest, field)


def test_an_aggregate_out_of_its_limits_is_missing() -> None:
    """Also where it was read before they were known."""
    days = days_of(forecast(datetime(2026, 5, 1, tzinfo=UTC), 72), "UTC")
    column = days.columns["temperature_max"]
    assert column.values(0, 3) == [23, 23, 23]
    assert column.is_within(Range(0, 22))
    assert column.values(0, 3) == [None, None, None]
    assert column.is_within(Range(0, 23))
    assert column.values(0, 3) == [23, 23, 23]


def test_means_and_sums_are_those_of_the_values_as_they_are_given() -> None:
    """Of whole multiples of a tenth or a hundredth, of other fractions, and of gaps."""
    random = Random(5)
    for digits in (0, 1, 2, 3, 15):
        values = [round(random.uniform(0, 30), digits) for _ in range(48)]
        gaps = [None if number in {5, 30} else value for number, value in enumerate(values)]
        start = datetime(2026, 5, 1, tzinfo=UTC)
        hours = Hours.of(
            Conditions(
                start + number * HOUR,
                temperature=value,
                precipitation=value,
                pressure_msl=gap,
                wind_speed=value,
            )
            for number, (value, gap) in enumerate(zip(values, gaps, strict=True))
        )
        days = daily.days(hours, BERLIN, "UTC")
        for day, of in ((0, values[:24]), (1, values[24:])):
            known = [gap for gap in gaps[24 * day : 24 * day + 24] if gap is not None]
            assert days.value("temperature_mean", day) == rounded(fmean(of), 2)
            assert days.value("pressure_msl", day) == rounded(fmean(known), 2)
            assert days.value("precipitation", day) == rounded(sum(of), 2)
            assert days.value("temperature_min", day) == min(of)
            assert days.value("wind_speed", day) == max(of)
