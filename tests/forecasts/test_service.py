"""Forecast and air from the real adapters, through the cache, with providers that fail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator import Upstreams, faults
from tests.conftest import Clock, until
from weather.atlas import Atlas
from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamUnavailable
from weather.core.models import Coordinates, LocatedBy, LocatedPlace, Place, Report
from weather.forecasts.service import ForecastService
from weather.providers.met_norway import METNorway
from weather.providers.open_meteo import OpenMeteo
from weather.providers.open_meteo_air_quality import OpenMeteoAirQuality
from weather.stores.memory import Memory
from weather.upstream.client import Upstream


@pytest.fixture
def weather(upstreams: Upstreams, clock: Clock) -> ForecastService:
    upstream = Upstream("weather-tests/1 (tests@example.org)")
    return ForecastService(
        [
            OpenMeteo(upstream, upstreams.url("open-meteo")),
            METNorway(upstream, upstreams.url("met-norway")),
        ],
        OpenMeteoAirQuality(upstream, upstreams.url("air-quality")),
        Atlas(),
        Cache(Memory(), clock),
        clock,
    )


def report(weather: ForecastService, latitude: float = 47.37, longitude: float = 8.55) -> Report:
    place = Place(Coordinates(latitude, longitude), "Somewhere")
    return weather.report(LocatedPlace(place, LocatedBy.COORDINATES), Deadline(5))


def calls(upstreams: Upstreams) -> tuple[int, int, int]:
    names = ("open-meteo", "met-norway", "air-quality")
    one, two, three = (len(upstreams.calls(name)) for name in names)
    return one, two, three


def test_a_report(weather: ForecastService, clock: Clock) -> None:
    found = report(weather)
    assert found.timezone == "Europe/Zurich"
    assert len(found.days) == 16
    assert found.days[0].date.isoformat() == "2026-05-15"
    assert found.hours[0].valid_at <= clock() < found.hours[1].valid_at
    assert [hour.valid_at.hour for hour in found.earlier] == [22, 23, *range(8)]
    assert found.air_quality
    assert found.current.is_day
    assert (found.provenance.provider, found.provenance.stale) == ("open-meteo", False)


def test_a_thousand_visits_to_ten_places_are_ten_forecasts(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    for visit in range(1000):
        # Visitors to one place stand some metres apart.
        report(weather, 40 + visit % 10, 8.5 + (visit % 7) / 10_000)
    assert calls(upstreams) == (10, 0, 10)


def test_the_second_provider_answers_for_the_first(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.down())
    found = report(weather)
    assert found.provenance.provider == "met-norway"
    assert len(found.days) >= 9
    assert found.current.temperature is not None


def test_a_first_provider_that_hangs_leaves_time_for_the_second(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.timeout())
    place = LocatedPlace(Place(Coordinates(47.37, 8.55)), LocatedBy.COORDINATES)
    assert weather.report(place, Deadline(1.5)).provenance.provider == "met-norway"


def test_a_provider_that_is_back_is_asked_again(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    upstreams.fail("open-meteo", faults.down())
    report(weather)
    upstreams.heal()
    assert report(weather).provenance.provider == "open-meteo"


def test_an_outage_of_all_shows_the_old_forecast_of_the_right_hour(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    before = report(weather)
    upstreams.fail("*", faults.down())
    clock.advance(hours=5)
    after = report(weather)
    assert after.provenance.stale
    assert after.age == timedelta(hours=5)
    assert after.current.temperature == before.hours[5].temperature
    assert after.hours[0] == before.hours[5]


def test_an_old_forecast_that_has_come_to_its_end_is_none(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    report(weather)
    upstreams.fail("*", faults.down())
    clock.advance(days=15)
    assert report(weather).provenance.stale
    clock.advance(days=2)
    with pytest.raises(UpstreamUnavailable):
        report(weather)


def test_an_outage_of_all_before_anything_was_told(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.down())
    with pytest.raises(UpstreamUnavailable):
        report(weather)
    assert [each.healthy for each in weather.health()] == [False, False]


def test_the_weather_is_told_without_the_air(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    upstreams.fail("air-quality", faults.down())
    for _ in range(3):
        assert report(weather).air_quality is None
    assert len(upstreams.calls("air-quality")) == 2, "one try and its retry, not one a visit"


def test_what_the_provider_says_of_freshness_is_obeyed(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    upstreams.fail("open-meteo", faults.status(500))
    first = report(weather)
    asked = len(upstreams.calls("met-norway"))
    clock.moment = first.provenance.expires_at - timedelta(seconds=1)
    report(weather)
    assert len(upstreams.calls("met-norway")) == asked
    clock.advance(seconds=2)
    report(weather)  # refreshed behind
    until(lambda: report(weather).provenance.cache_status == "hit")
    second = report(weather)
    (*_, last) = upstreams.calls("met-norway")
    assert "if-modified-since" in last.headers
    assert second.provenance.expires_at > first.provenance.expires_at


def test_a_failure_is_not_held_against_a_provider_for_ever(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    """If nobody is sent to us because we are not ready, nobody finds that it is back."""
    upstreams.fail("*", faults.status(500))
    with pytest.raises(UpstreamUnavailable):
        report(weather)
    assert [each.healthy for each in weather.health()] == [False, False]
    clock.advance(minutes=1)
    assert [each.healthy for each in weather.health()] == [None, None]


def test_health_is_what_became_of_the_last_call(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    assert [each.healthy for each in weather.health()] == [None, None]
    upstreams.fail("open-meteo", faults.status(500))
    report(weather)
    assert [each.healthy for each in weather.health()] == [False, True]
