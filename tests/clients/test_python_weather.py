"""python-weather: enumerations of codes, phases and points, and the language by the host's name."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.clients.checks import CODES, POINTS
from tests.clients.conftest import MAY, NOVEMBER, OUTAGE, Run

PERCENT = range(101)
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:00")
PLACES = [
    *(("Paris", "en"), ("Paris", "zh-cn"), ("São Paulo", "pt-br"), ("New York", "af")),
    *(("Longyearbyen", "nb"), ("Москва", "sr-lat"), ("48.85,2.35", "de")),
]


def check(forecast: dict[str, Any]) -> None:
    """Every attribute of a forecast, of its days and hours."""
    check_conditions(forecast)
    assert forecast["location"]
    assert forecast["country"]
    assert isinstance(forecast["region"], str)
    assert forecast["local_population"] >= 0
    latitude, longitude = forecast["coordinates"]
    assert -90 <= latitude <= 90
    assert -180 <= longitude <= 180
    assert len(forecast["daily_forecasts"]) == 3
    for day in forecast["daily_forecasts"]:
        check_day(day)


def check_day(day: dict[str, Any]) -> None:
    assert re.fullmatch(r"2026-\d\d-\d\d", day["date"])
    assert day["moon_illumination"] in PERCENT
    assert day["moon_phase"]["name"]
    for name in ("sunrise", "sunset"):
        assert TIME.fullmatch(day[name])
    for name in ("moonrise", "moonset"):  # None on a day without
        assert day[name] is None or TIME.fullmatch(day[name])
    assert 0 <= day["sunlight"] <= 24
    assert day["snowfall"] >= 0
    assert day["lowest_temperature"] <= day["temperature"] <= day["highest_temperature"]
    hours = day["hourly_forecasts"]
    assert [hour["time"] for hour in hours] == [f"{number * 3:02}:00:00" for number in range(8)]
    for hour in hours:
        check_conditions(hour)
        assert hour["wind_gust"] >= 0
        assert all(value in PERCENT for name, value in hour.items() if name.startswith("chances"))
        for name in ("dew_point", "wind_chill"):
            assert -130 <= hour[name] <= 140
        assert -130 <= hour["heat_index"]["number"] <= 160


def check_conditions(fields: dict[str, Any]) -> None:
    assert fields["kind"]["number"] in CODES
    assert fields["wind_direction"]["number"] in POINTS
    assert fields["ultraviolet"]["number"] in range(21)
    assert fields["cloud_cover"] in PERCENT
    assert fields["humidity"] in PERCENT
    assert fields["visibility"] in range(101)
    assert fields["wind_speed"] in range(410)
    assert 0 <= fields["precipitation"] <= 500
    assert 25 <= fields["pressure"] <= 33 or 870 <= fields["pressure"] <= 1085
    for name in ("temperature", "feels_like"):
        assert -130 <= fields[name] <= 140
    assert fields["description"]


@pytest.mark.parametrize(("place", "language"), PLACES)
def test_every_attribute_is_parsed(run: Run, place: str, language: str) -> None:
    forecast = run("use_python_weather.py", place, language, "METRIC").json
    check(forecast)
    assert forecast["country"].isascii()


def test_units(run: Run) -> None:
    metric, imperial = (
        run("use_python_weather.py", "Paris", "en", units).json for units in ("METRIC", "IMPERIAL")
    )
    check(imperial)
    assert imperial["temperature"] == pytest.approx(metric["temperature"] * 1.8 + 32, abs=1.4)
    assert imperial["wind_speed"] == pytest.approx(metric["wind_speed"] / 1.609, abs=1)


@pytest.mark.parametrize("moment", [NOVEMBER, MAY])
def test_polar_night_and_midnight_sun(run: Run, moment: Any) -> None:
    forecast = run("use_python_weather.py", "Longyearbyen", "en", "METRIC", at=moment).json
    check(forecast)
    for day in forecast["daily_forecasts"]:
        if moment is NOVEMBER:
            assert day["sunrise"] == day["sunset"]
        else:
            assert (day["sunrise"], day["sunset"]) == ("00:00:00", "23:59:00")


@pytest.mark.parametrize(
    ("place", "moment", "status"), [("Xyzzyville", MAY, 404), ("Paris", OUTAGE, 503)]
)
def test_what_cannot_be_had_is_an_error_of_http(
    run: Run, place: str, moment: Any, status: int
) -> None:
    result = run("use_python_weather.py", place, "en", "METRIC", at=moment)
    error = result.errors.splitlines()[-1]
    assert error.startswith(f"python_weather.errors.RequestError: {status}")


def test_the_language_is_that_of_the_host(run: Run) -> None:
    """`de.wttr.in` and its relatives; a language without a catalogue is English."""
    words = {
        language: run("use_python_weather.py", "Paris", language, "METRIC").json["description"]
        for language in ("en", "de", "zh-cn", "pt-br", "af", "sr-lat")
    }
    assert len({words["en"], words["de"], words["zh-cn"], words["pt-br"]}) == 4
    assert not words["zh-cn"].isascii()
    assert words["af"].isascii()
    assert words["sr-lat"]
