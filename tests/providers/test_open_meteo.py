from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.conftest import Clock
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates
from weather.providers import open_meteo, open_meteo_account
from weather.providers.open_meteo import OpenMeteo
from weather.providers.open_meteo_air_quality import OpenMeteoAirQuality
from weather.upstream.client import Upstream

ZURICH = Coordinates(47.37, 8.55)
NEW_YORK = Coordinates(40.71, -74.01)


@pytest.fixture
def provider(upstreams: Upstreams) -> OpenMeteo:
    return OpenMeteo(Upstream("tests"), upstreams.url("open-meteo"))


@pytest.fixture
def air(upstreams: Upstreams) -> OpenMeteoAirQuality:
    return OpenMeteoAirQuality(Upstream("tests"), upstreams.url("air-quality"))


def test_sixteen_days_of_every_hour_with_every_field(provider: OpenMeteo, clock: Clock) -> None:
    forecast = provider.forecast(ZURICH, None, Deadline(5))
    assert len(forecast.hours) == 16 * 24
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
    assert hours[0].valid_at.isoformat() == "2026-10-23T22:00:00+00:00"
    assert hours[48].valid_at - hours[0].valid_at == timedelta(hours=48)


def test_one_call_of_low_weight_fetches_everything(
    provider: OpenMeteo, upstreams: Upstreams
) -> None:
    provider.forecast(ZURICH, None, Deadline(5))
    (call,) = upstreams.calls()
    variables = [*call.query["hourly"].split(","), *call.query["current"].split(",")]
    assert "daily" not in call.query
    weight = open_meteo_account.weight(len(variables), int(call.query["forecast_days"]))
    assert weight == open_meteo.FORECAST_WEIGHT
    assert weight <= 3


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
