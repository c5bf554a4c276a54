"""The simulated weather: plausible, consistent, and every kind of it reachable."""

from datetime import UTC, datetime

import pytest

from simulator.parade import KALEIDOSCOPE, STATES
from simulator.server import Upstreams
from tests.simulator.client import ZURICH, forecast

WMO_CODES = {
    *(0, 1, 2, 3, 45, 48, 51, 53, 55, 56, 57, 61, 63, 65, 66, 67, 71, 73, 75, 77),
    *(80, 81, 82, 85, 86, 95, 96, 99),
}


@pytest.mark.parametrize(("month", "daylight"), [(6, 86_400), (12, 0)])
def test_days_without_sunrise_or_sunset(upstreams: Upstreams, month: int, daylight: int) -> None:
    upstreams.now = lambda: datetime(2026, month, 21, 12, tzinfo=UTC)
    query = "latitude=78.22&longitude=15.65&daily=sunrise,sunset,daylight_duration&forecast_days=1"
    day = forecast(upstreams, query + "&timezone=auto")["daily"]
    span = datetime.fromisoformat(day["sunset"][0]) - datetime.fromisoformat(day["sunrise"][0])
    assert day["sunrise"][0].endswith("T00:00")
    assert span.total_seconds() == day["daylight_duration"][0] == daylight


def test_the_moon_does_not_rise_on_one_day_a_month(upstreams: Upstreams) -> None:
    query = ZURICH + "&daily=moonrise,moonset,moon_phase&past_days=30&forecast_days=16"
    moon = forecast(upstreams, query)["daily"]
    assert 1 <= moon["moonrise"].count(None) <= 2
    assert all(0 <= phase < 1 for phase in moon["moon_phase"])


def test_the_weather_is_consistent(upstreams: Upstreams) -> None:
    names = (
        "temperature_2m,dew_point_2m,relative_humidity_2m,precipitation,rain,showers,snowfall,"
        "cloud_cover,weather_code,wind_speed_10m,wind_gusts_10m,uv_index,is_day,visibility"
    )
    for place in ("latitude=69.65&longitude=18.96", ZURICH, "latitude=1.29&longitude=103.85"):
        hourly = forecast(upstreams, f"{place}&hourly={names}&forecast_days=16")["hourly"]
        for values in zip(*hourly.values(), strict=True):
            hour = dict(zip(hourly, values, strict=True))
            assert hour["dew_point_2m"] <= hour["temperature_2m"]
            assert 0 < hour["relative_humidity_2m"] <= 100
            assert hour["wind_gusts_10m"] > hour["wind_speed_10m"]
            assert hour["is_day"] or hour["uv_index"] < 0.1
            assert not hour["snowfall"] or hour["temperature_2m"] < 3
            assert hour["weather_code"] in WMO_CODES
            parts = hour["rain"] + hour["showers"] + hour["snowfall"] / 0.7
            assert hour["precipitation"] == pytest.approx(parts, abs=0.03)
            dry = hour["precipitation"] < 0.05
            assert (hour["weather_code"] < 50) == dry or hour["precipitation"] == 0.05


def test_every_weather_code_occurs_over_kaleidoscope(upstreams: Upstreams) -> None:
    place = "latitude={}&longitude={}".format(*KALEIDOSCOPE)
    hours = forecast(upstreams, f"{place}&hourly=weather_code&forecast_hours={len(STATES)}")
    assert set(hours["hourly"]["weather_code"]) == WMO_CODES


def test_air_quality_is_hourly_with_pollen_only_in_europe(upstreams: Upstreams) -> None:
    query = "&current=european_aqi,us_aqi,pm2_5,ammonia,birch_pollen&hourly=ozone"
    here = forecast(upstreams, ZURICH + query, "air-quality")
    there = forecast(upstreams, "latitude=35.7&longitude=139.7" + query, "air-quality")
    assert here["current"]["interval"] == 3600
    assert here["current_units"]["birch_pollen"] == "grains/m³"
    assert here["current_units"]["european_aqi"] == "EAQI"
    assert isinstance(here["current"]["birch_pollen"], float)
    assert there["current"]["birch_pollen"] is None
    assert there["current"]["ammonia"] is None
    assert len(here["hourly"]["time"]) == 5 * 24
