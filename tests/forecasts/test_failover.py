"""Which provider's forecast is served when providers fail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator import Upstreams, faults
from tests.conftest import Clock, until
from tests.forecasts.fakes import report
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamUnavailable
from weather.core.models import Coordinates, LocatedBy, LocatedPlace, Place
from weather.forecasts.service import ForecastService

SOMEWHERE = Place(Coordinates(47.37, 8.55), "Somewhere")


def test_the_second_provider_answers_for_the_first(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.down())
    made = report(weather, SOMEWHERE)
    assert made.provenance.provider == "met-norway"
    assert len(made.days) >= 9
    assert made.current.temperature is not None


def test_a_first_provider_that_hangs_leaves_time_for_the_second(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.timeout())
    place = LocatedPlace(SOMEWHERE, LocatedBy.COORDINATES)
    assert weather.report(place, Deadline(1.5)).provenance.provider == "met-norway"


def test_a_provider_that_has_recovered_is_called_again(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.down())
    report(weather, SOMEWHERE)
    upstreams.heal()
    assert report(weather, SOMEWHERE).provenance.provider == "open-meteo"


def test_an_outage_of_all_serves_the_stale_forecast_of_the_present_hour(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    before = report(weather, SOMEWHERE)
    upstreams.fail("*", faults.down())
    clock.advance(hours=5)
    after = report(weather, SOMEWHERE)
    assert after.provenance.stale
    assert after.age == timedelta(hours=5)
    assert after.current.temperature == before.hours[5].temperature
    assert after.hours[0] == before.hours[5]


def test_a_stale_forecast_is_served_until_it_ends(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    report(weather, SOMEWHERE)
    upstreams.fail("*", faults.down())
    clock.advance(days=15)
    assert report(weather, SOMEWHERE).provenance.stale
    clock.advance(days=2)
    with pytest.raises(UpstreamUnavailable):
        report(weather, SOMEWHERE)


def test_an_outage_of_all_before_the_first_forecast_is_an_error(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.down())
    with pytest.raises(UpstreamUnavailable):
        report(weather, SOMEWHERE)
    assert [provider.healthy for provider in weather.health()] == [False, False]


def test_a_forecast_is_fresh_for_as_long_as_its_provider_says(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    upstreams.fail("open-meteo", faults.status(500))
    first = report(weather, SOMEWHERE)
    calls = len(upstreams.calls("met-norway"))
    clock.moment = first.provenance.expires_at - timedelta(seconds=1)
    report(weather, SOMEWHERE)
    assert len(upstreams.calls("met-norway")) == calls
    clock.advance(seconds=2)
    report(weather, SOMEWHERE)  # starts a refresh in the background
    until(lambda: report(weather, SOMEWHERE).provenance.cache_status == "hit")
    second = report(weather, SOMEWHERE)
    (*_, last) = upstreams.calls("met-norway")
    assert "if-modified-since" in last.headers
    assert second.provenance.expires_at > first.provenance.expires_at


def test_a_failure_is_forgotten_after_a_minute(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    upstreams.fail("*", faults.status(500))
    with pytest.raises(UpstreamUnavailable):
        report(weather, SOMEWHERE)
    assert [provider.healthy for provider in weather.health()] == [False, False]
    clock.advance(minutes=1)
    assert [provider.healthy for provider in weather.health()] == [None, None]


def test_health_is_the_result_of_the_last_call(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    assert [provider.healthy for provider in weather.health()] == [None, None]
    upstreams.fail("open-meteo", faults.status(500))
    report(weather, SOMEWHERE)
    assert [provider.healthy for provider in weather.health()] == [False, True]
