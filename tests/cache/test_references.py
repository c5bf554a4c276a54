"""Columns that are predicted by others are read back as they were, whatever those have."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import exp
from random import Random

import pytest

from weather.cache import columns, records, references
from weather.cache.codec import decode, encode
from weather.cache.entry import Entry
from weather.core import daily
from weather.core.day_aggregates import AGGREGATED
from weather.core.models import (
    Astronomy,
    CellForecast,
    Conditions,
    Coordinates,
    Day,
    Days,
    Forecast,
    Hours,
)
from weather.core.models.column import Column

AT = datetime(2026, 3, 27, 21, tzinfo=UTC)
HERE = Coordinates(52.5, 13.4)


def hours(count: int, seed: int = 1) -> tuple[Conditions, ...]:
    random = Random(seed)
    return tuple(
        Conditions(
            valid_at=AT + timedelta(hours=number),
            temperature=round(random.uniform(-9, 20), 1),
            apparent_temperature=round(random.uniform(-15, 25), 1),
            relative_humidity=float(random.randrange(20, 101)),
            wind_speed=round(random.uniform(0, 60), 1),
            wind_gusts=round(random.uniform(0, 130), 1),
            pressure_msl=round(random.uniform(960, 1040), 1),
            precipitation=random.choice((None, 0.0, 0.0, 0.25, 11.5)),
            precipitation_probability=float(random.randrange(101)),
            cloud_cover=float(random.randrange(101)),
            uv_index=round(random.uniform(0, 9), 2),
            weather_code=random.choice((0, 3, 61, 95)),
        )
        for number in range(count)
    )


def entry(of: tuple[Conditions, ...], zone: str = "Europe/Berlin") -> Entry[CellForecast]:
    forecast = Forecast("x", (), of)
    days = daily.days(forecast.hours, HERE, zone)
    return Entry(CellForecast(forecast, zone, days), AT, AT)


def read_back(written: Entry[CellForecast]) -> CellForecast:
    read = decode(encode(written))
    assert isinstance(read, Entry)
    assert isinstance(read.value, CellForecast)
    return read.value


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Chatham", "America/St_Johns", "UTC"])
@pytest.mark.parametrize("count", [1, 20, 48, 408])
def test_days_are_read_back(zone: str, count: int) -> None:
    """Also of a week in which clocks are changed, and with a first day that is not whole."""
    written = entry(hours(count), zone)
    assert read_back(written) == written.value
    assert read_back(written).days == written.value.days, "also if no hour was read before"


def described(written: Entry[CellForecast]) -> dict[str, list[object]]:
    """The columns of the days as they are stored."""
    write = records.writer(columns.Buffer())
    described: dict[str, list[object]] = write(written.value)["days"]["columns"]
    return described


def test_the_aggregates_of_a_forecasts_own_hours_are_not_stored() -> None:
    days = described(entry(hours(408)))
    assert {name for name, form in days.items() if form == ["follows"]} == AGGREGATED
    assert days["date"] != ["follows"]


def test_the_aggregates_of_other_hours_or_zones_are_stored() -> None:
    written = entry(hours(408))
    warmer = replace(written.value.forecast, hours=hours(408, seed=2))
    for other in (
        replace(written.value, forecast=warmer),
        replace(written.value, timezone="Pacific/Chatham"),
        replace(written.value, timezone="no/zone"),
        replace(written.value, days=Days.of(tuple(written.value.days))),
        replace(written.value, days=Days.of(written.value.days)[1:]),
    ):
        changed = replace(written, value=other)
        assert ["follows"] not in described(changed).values()
        assert read_back(changed) == other


def test_of_daylight_the_place_is_stored_alone() -> None:
    forecast = daily.with_daylight(Forecast("x", (), hours(48)), HERE)
    lit = Hours.of(forecast.hours)
    another = Column.of(lit.column("valid_at"))
    for rows, description in (
        (lit, ["follows", HERE.latitude, HERE.longitude]),
        (lit[1:], ["bool i8 i8"]),
        (lit.followed_by(lit), ["bool i8 i8"]),
        (Hours.of_packed({**lit.packed(), "valid_at": another}), ["bool i8 i8"]),
        (Hours.of(daily.with_daylight(Forecast("x", (), hours(529)), HERE).hours), ["bool i8 i8"]),
    ):
        assert columns.encode(rows, columns.Buffer())["columns"]["is_day"] == description
        stored = Entry(replace(forecast, hours=rows), AT, AT)
        read = decode(encode(stored))
        assert isinstance(read, Entry)
        assert read == stored
        assert read.value.hours.column("is_day") == rows.column("is_day")


def test_of_sun_and_moon_the_place_is_stored_alone() -> None:
    days = described(entry(hours(408)))
    assert days["astronomy"] == ["follows", HERE.latitude, HERE.longitude]
    assert not any(name.startswith("astronomy.") for name in days)


def test_sun_and_moon_of_other_days_or_zones_are_stored() -> None:
    written = entry(hours(408))
    days = Days.of(written.value.days)
    another = daily.days(written.value.forecast.hours, Coordinates(-33.9, 18.4), "Europe/Berlin")
    mixed = {**days.packed(), "astronomy.dawn": another.packed()["astronomy.dawn"]}
    for other in (
        replace(written.value, timezone="Pacific/Chatham"),
        replace(written.value, timezone="no/zone"),
        replace(written.value, days=days[1:]),
        replace(written.value, days=days.with_columns(date=days.column("date"))),
        replace(written.value, days=Days.of_packed(mixed)),
    ):
        changed = replace(written, value=other)
        assert "astronomy" not in described(changed)
        assert described(changed)["astronomy.dawn"][0] == "moment/1 i64 i8"
        assert read_back(changed) == other


def test_days_that_are_read_are_stored_again_without_what_follows() -> None:
    """As a stale entry is."""
    read = read_back(entry(hours(408)))
    again = Entry(read, AT, AT)
    assert described(again)["temperature_max"] == ["follows"]
    assert described(again)["astronomy"] == ["follows", HERE.latitude, HERE.longitude]
    assert read_back(again) == read


def test_what_follows_from_the_hours_takes_little() -> None:
    written = entry(hours(408))
    columns = Days.of(written.value.days).packed()
    sky = {name: c for name, c in columns.items() if name == "date" or name.startswith("astro")}
    without = replace(written.value, days=Days.of_packed(sky))
    alone = replace(written.value, forecast=replace(written.value.forecast, hours=()))
    sky_alone = replace(without, forecast=alone.forecast)
    of_hours, of_nothing = (
        len(encode(replace(written, value=one))) - len(encode(replace(written, value=other)))
        for one, other in ((written.value, without), (alone, sky_alone))
    )
    assert of_hours < of_nothing * 0.7


@pytest.mark.parametrize("zone", ["Europe/Berlin", "", "no/zone", "../x"])
def test_days_that_do_not_follow_from_the_hours_are_read_back(zone: str) -> None:
    random = Random(3)
    days = tuple(
        Day(
            date=date(2030, 1, 1) + timedelta(days=number),
            astronomy=Astronomy(),
            temperature_max=round(random.uniform(-60, 60), random.randrange(4)),
            temperature_mean=random.choice((None, 3.0)),
            precipitation=round(random.uniform(0, 90), 2),
            wind_speed=random.uniform(0, 200),
            weather_code=random.choice((0, 95)),
            pressure_msl=1e9,
        )
        for number in range(30)
    )
    for of in ((), hours(1), hours(408)):
        for some in (days, days[:3], ()):
            written = Entry(CellForecast(Forecast("x", (), of), zone, some), AT, AT)
            assert read_back(written) == written.value


@pytest.mark.parametrize("degrees", [(-9, 20), (-300, 900), (-3000, 3000)])
@pytest.mark.parametrize("rows", [slice(0, 3), slice(125, 131), slice(405, 408), slice(0, 408)])
def test_apparent_temperatures_are_read_back_at_any_temperature(
    degrees: tuple[int, int], rows: slice
) -> None:
    """The prediction of a row depends on that row alone."""
    random = Random(4)
    of = tuple(replace(hour, temperature=round(random.uniform(*degrees), 1)) for hour in hours(408))
    written = Entry(Forecast("x", (), of), AT, AT)
    read = decode(encode(written))
    assert isinstance(read, Entry)
    found = Hours.of(read.value.hours)[rows].column("apparent_temperature")
    assert found == [hour.apparent_temperature for hour in of[rows]]


def test_apparent_temperatures_that_follow_the_formula_take_little() -> None:
    def felt(hour: Conditions) -> float:
        temperature, wind = hour.temperature or 0, (hour.wind_speed or 0) / 3.6
        vapour = 6.105 * exp(17.27 * temperature / (237.7 + temperature))
        humidity = (hour.relative_humidity or 0) / 100
        return round(temperature + 0.33 * humidity * vapour - 0.7 * wind - 4, 1)

    other = hours(408)
    following = tuple(replace(hour, apparent_temperature=felt(hour)) for hour in other)
    sizes = [len(encode(Entry(Forecast("x", (), of), AT, AT))) for of in (following, other)]
    assert sizes[0] + 250 < sizes[1]


def test_days_are_read_without_their_hours() -> None:
    """Those of a cell that was stored with days alone."""
    days = entry(hours(408)).value.days
    written = Entry(CellForecast(Forecast("x", (), ()), "Europe/Berlin", days), AT, AT)
    assert Days.of(read_back(written).days) == days


def test_the_table_of_the_formula_is_the_same_with_any_c_library() -> None:
    """`exp` of two of them may differ in its last digit, which must change no rounding: replicas on
    one Redis read each other's entries."""
    step = Decimal("3.3") * Decimal("0.06105") * 4096
    for tenths, value in enumerate(references._vapour(), start=references._COLDEST):
        degrees = Decimal(tenths) / 10
        exact = step * (Decimal("17.27") * degrees / (Decimal("237.7") + degrees)).exp()
        assert value == round(exact)
        assert abs(exact % 1 - Decimal("0.5")) > Decimal("1e-9")
