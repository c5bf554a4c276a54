from __future__ import annotations

import json
from datetime import UTC, timedelta

import pytest
import requests

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.conftest import Clock
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates, Forecast
from weather.providers import open_meteo, open_meteo_account
from weather.providers.open_meteo import OpenMeteo
from weather.providers.open_meteo_air_quality import OpenMeteoAirQuality
from weather.upstream.client import Upstream

ZURICH = Coordinates(47.37, 8.55)
NEW_YORK = Coordinates(40.71, -74.01)
WET = Coordinates(60.39, 5.32)  # Bergen
SUMS = {
    "precipitation": "precipitation",
    "precipitation_probability": "precipitation_probability",
    "snowfall": "snowfall",
    "wind_gusts_10m": "wind_gusts",
    "shortwave_radiation": "shortwave_radiation",
    "diffuse_radiation": "diffuse_radiation",
}


@pytest.fixture
def provider(upstreams: Upstreams) -> OpenMeteo:
    return OpenMeteo(Upstream("tests"), upstreams.url("open-meteo"))


@pytest.fixture
def air(upstreams: Upstreams) -> OpenMeteoAirQuality:
    return OpenMeteoAirQuality(Upstream("tests"), upstreams.url("air-quality"))


def test_yesterday_and_sixteen_days_of_every_hour_with_every_field(
    provider: OpenMeteo, clock: Clock
) -> None:
    forecast = provider.forecast(ZURICH, None, Deadline(5))
    assert len(forecast.hours) == 17 * 24
    assert forecast.hours[0].valid_at.isoformat() == "2026-05-13T22:00:00+00:00"
    assert forecast.timezone == "Europe/Zurich"
    for hour in forecast.hours[:24]:
        for name in ("temperature", "dew_point", "visibility", "wind_gusts", "uv_index"):
            assert getattr(hour, name) is not None
        assert hour.valid_at.tzinfo is UTC
        assert isinstance(hour.weather_code, int)
        assert hour.visibility is not None
        assert hour.visibility < 200  # km, where the provider gives metres
    assert forecast.current
    assert timedelta() <= clock() - forecast.current.valid_at < timedelta(minutes=15)
    steps = {
        b.valid_at - a.valid_at for a, b in zip(forecast.hours, forecast.hours[1:], strict=False)
    }
    assert steps == {timedelta(hours=1)}


def test_hours_are_right_after_a_clock_change(provider: OpenMeteo, clock: Clock) -> None:
    """The provider has one offset for all its local times, so they are not used."""
    clock.moment = clock.moment.replace(month=10, day=24)
    hours = provider.forecast(ZURICH, None, Deadline(5)).hours
    assert hours[24].valid_at.isoformat() == "2026-10-23T22:00:00+00:00"
    assert hours[48].valid_at - hours[0].valid_at == timedelta(hours=48)


def test_sums_move_to_the_hour_in_which_they_fall(
    provider: OpenMeteo, upstreams: Upstreams
) -> None:
    """Open-Meteo gives the rain from 13 to 14 o'clock at 14; here it is that of the row of 13."""
    hours = {hour.valid_at.timestamp(): hour for hour in _forecast_of(provider, WET).hours}
    (call,) = upstreams.calls()
    raw = requests.get(upstreams.url("open-meteo") + call.path, params=call.query, timeout=5)
    theirs = raw.json()["hourly"]
    assert sum(theirs["precipitation"]) > 1
    for name, field in SUMS.items():
        for time, value in zip(theirs["time"], theirs[name], strict=True):
            if (row := hours.get(time - 3600)) is not None:
                assert getattr(row, field) == value, (name, time)
        assert getattr(hours[theirs["time"][-1]], field) is None
    for time, value in zip(theirs["time"], theirs["temperature_2m"], strict=True):
        assert hours[time].temperature == value


def test_an_hour_has_the_condition_of_its_precipitation(
    provider: OpenMeteo, upstreams: Upstreams
) -> None:
    """Wet codes follow from the sum of the hour before, others from the sky at their time."""
    upstreams.fail("open-meteo", faults.text(_body(codes=[3, 0, 61, 2, 45, 63])))
    hours = _forecast_of(provider, ZURICH).hours
    assert [hour.weather_code for hour in hours] == [3, 61, 2, 2, 63, 63]


def test_a_row_that_no_row_follows_after_an_hour_has_no_sum(
    provider: OpenMeteo, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.text(_body(codes=[0] * 4, times=[0, 3600, 10_800, 14_400])))
    hours = _forecast_of(provider, ZURICH).hours
    assert [hour.precipitation for hour in hours] == [1, None, 3, None]


def _body(codes: list[int], times: list[int] | None = None) -> str:
    """A response whose sums are the numbers of its rows."""
    count = len(codes)
    hourly = {
        "time": times or [3600 * n for n in range(count)],
        "temperature_2m": [10.0] * count,
        "weather_code": codes,
        "precipitation": list(map(float, range(count))),
    }
    return json.dumps({"hourly": hourly})


def _forecast_of(provider: OpenMeteo, where: Coordinates) -> Forecast:
    return provider.forecast(where, None, Deadline(5))


def test_one_call_of_low_weight_fetches_everything(
    provider: OpenMeteo, upstreams: Upstreams
) -> None:
    provider.forecast(ZURICH, None, Deadline(5))
    (call,) = upstreams.calls()
    variables = [*call.query["hourly"].split(","), *call.query["current"].split(",")]
    variables += call.query["minutely_15"].split(",")
    assert "daily" not in call.query
    days = int(call.query["past_days"]) + int(call.query["forecast_days"])
    weight = open_meteo_account.weight(len(variables), days)
    assert weight == open_meteo.FORECAST_WEIGHT
    assert weight <= 3


def test_quarters_of_an_hour_begin_with_the_one_that_has_ended(
    provider: OpenMeteo, upstreams: Upstreams, clock: Clock
) -> None:
    """Open-Meteo's sum at 10:15 is that of 10:00 to 10:15."""
    nowcast = _forecast_of(provider, WET).nowcast
    assert nowcast
    (call,) = upstreams.calls()
    raw = requests.get(upstreams.url("open-meteo") + call.path, params=call.query, timeout=5)
    theirs = raw.json()["minutely_15"]
    assert nowcast.starts_at.timestamp() == theirs["time"][0] - 900
    assert list(nowcast.amounts) == theirs["precipitation"]
    assert len(nowcast.coming(clock())) == 9
    # An hour later, before the next call, there still are those of two hours.
    assert len(nowcast.coming(clock() + timedelta(hours=1))) == 9
    assert nowcast.coming(clock() + timedelta(hours=4)) == ()


@pytest.mark.parametrize(
    "section",
    [
        *(None, [], {}, {"time": []}, {"time": [0, 900], "precipitation": [1.0]}),
        {"time": [0, 900], "precipitation": [None, "x"]},
        {"time": [0, 1800], "precipitation": [1.0, 1.0]},
        {"time": [900, 0], "precipitation": [1.0, 1.0]},
        {"time": ["2026-05-15T08:00"], "precipitation": [1.0]},
    ],
)
def test_without_quarters_of_an_hour_the_hours_remain(
    provider: OpenMeteo, upstreams: Upstreams, section: object
) -> None:
    body = json.loads(_body(codes=[0, 0])) | {"minutely_15": section}
    upstreams.fail("open-meteo", faults.text(json.dumps(body)))
    forecast = _forecast_of(provider, ZURICH)
    assert forecast.nowcast is None
    assert len(forecast.hours) == 2


def test_a_quarter_of_an_hour_with_an_impossible_amount_is_unknown(
    provider: OpenMeteo, upstreams: Upstreams
) -> None:
    section = {"time": [900, 1800, 2700], "precipitation": [0.5, -1, 1e9]}
    body = json.loads(_body(codes=[0, 0])) | {"minutely_15": section}
    upstreams.fail("open-meteo", faults.text(json.dumps(body)))
    nowcast = _forecast_of(provider, ZURICH).nowcast
    assert nowcast
    assert nowcast.amounts == (0.5, None, None)
    assert nowcast.starts_at.timestamp() == 0


@pytest.mark.parametrize(
    "fault",
    [
        *(faults.nulls(), faults.missing_keys(), faults.wrong_types(), faults.uneven()),
        *(faults.json_list(), faults.json_scalar(), faults.bare_nan(), faults.text('{"a":1}')),
        faults.status(400, '{"error":true,"reason":"No data is available for this location"}'),
        faults.status(404, "Not Found"),
    ],
)
def test_a_response_without_a_forecast_is_an_error(
    provider: OpenMeteo, upstreams: Upstreams, fault: Fault
) -> None:
    upstreams.fail("open-meteo", fault)
    with pytest.raises(UpstreamError):
        provider.forecast(ZURICH, None, Deadline(5))


def test_an_unknown_weather_code_is_passed_on(provider: OpenMeteo, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.unknown_code(42))
    forecast = provider.forecast(ZURICH, None, Deadline(5))
    assert {hour.weather_code for hour in forecast.hours} == {42}


def test_a_forecast_without_current_conditions(provider: OpenMeteo, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.missing_keys(["current"]))
    assert provider.forecast(ZURICH, None, Deadline(5)).current is None


def test_the_key_is_sent(upstreams: Upstreams) -> None:
    paid = OpenMeteo(
        Upstream("tests"), upstreams.url("customer-open-meteo"), upstreams.world.api_key
    )
    assert paid.forecast(ZURICH, None, Deadline(5)).hours
    assert upstreams.calls()[0].query["apikey"] == upstreams.world.api_key
    unpaid = OpenMeteo(Upstream("tests"), upstreams.url("customer-open-meteo"))
    with pytest.raises(UpstreamError):
        unpaid.forecast(ZURICH, None, Deadline(5))


def test_air_quality_has_indices_particles_and_pollen(air: OpenMeteoAirQuality) -> None:
    european = air.air_quality(ZURICH, Deadline(5))
    assert european.european_aqi is not None
    assert european.pm2_5 is not None
    assert european.birch_pollen is not None


def test_pollen_is_given_in_europe_only(air: OpenMeteoAirQuality) -> None:
    american = air.air_quality(NEW_YORK, Deadline(5))
    assert american.us_aqi is not None
    assert american.birch_pollen is None


def test_air_quality_without_a_time_is_an_error(
    air: OpenMeteoAirQuality, upstreams: Upstreams
) -> None:
    upstreams.fail("air-quality", faults.missing_keys())
    with pytest.raises(UpstreamError):
        air.air_quality(ZURICH, Deadline(5))
