"""Reports of places that share a cell: each has its own time zone."""

from __future__ import annotations

import pytest

from tests.conftest import Clock
from tests.forecasts.fakes import Forecaster, report, service
from weather.cache.cache import Cache
from weather.core.errors import UpstreamUnavailable
from weather.core.models import ClimateNormal, Coordinates, Days, LocatedBy, LocatedPlace, Place
from weather.core.threads import ThreadPool
from weather.forecasts.service import ForecastService
from weather.stores.memory import Memory

HERE = Coordinates(47.37, 8.55)


@pytest.fixture
def cache(clock: Clock) -> Cache:
    return Cache(Memory(), clock)


def test_the_first_place_of_a_cell_does_not_set_the_time_zone_of_the_next(
    cache: Cache, clock: Clock
) -> None:
    """A provider without time zones, and an address database without them."""
    weather = service(cache, clock, Forecaster("one", clock))
    bare = report(weather, Place(HERE))
    zurich = report(weather, Place(HERE, "Zurich", timezone="Europe/Zurich"))
    assert (bare.timezone, zurich.timezone) == ("Etc/GMT-1", "Europe/Zurich")
    assert [day.date.day for day in zurich.days] == [15, 16, 17, 18]
    # Midnight is at 22:00 UTC in summer, and an hour later by the meridian.
    assert [hour.valid_at.hour for hour in zurich.earlier] == list(range(8))
    # The forecast begins at midnight UTC, which leaves no whole first day in either zone.
    assert zurich.days[1].temperature_max == 45
    assert bare.days[1].temperature_max == 46


def test_a_second_worker_sees_the_time_zone_of_its_own_place(clock: Clock) -> None:
    store = Memory()
    first = service(Cache(store, clock), clock, Forecaster("one", clock))
    second = service(Cache(store, clock), clock, Forecaster("one", clock))
    report(first, Place(HERE))
    assert report(second, Place(HERE, timezone="Europe/Zurich")).timezone == "Europe/Zurich"


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        (("Europe/Zurich", "Europe/Berlin", "Europe/Paris"), "Europe/Zurich"),
        ((None, "Europe/Berlin", "Europe/Paris"), "Europe/Berlin"),
        ((None, None, "Europe/Paris"), "Europe/Paris"),
        ((None, None, None), "Etc/GMT-1"),
        (("Mars/Base", "../../etc/passwd", ""), "Etc/GMT-1"),
    ],
)
def test_the_time_zone_is_the_providers_the_places_the_nearest_citys_or_the_meridians(
    cache: Cache, clock: Clock, zones: tuple[str | None, str | None, str | None], expected: str
) -> None:
    provider_zone, place_zone, nearest_zone = zones
    weather = ForecastService(
        [Forecaster("one", clock, provider_zone)],
        None,
        None,
        cache,
        clock,
        nearest_zone=lambda cell: nearest_zone,
        threads=ThreadPool(8, "fetch"),
    )
    assert report(weather, Place(HERE, timezone=place_zone)).timezone == expected


def test_the_days_of_a_forecast_are_aggregated_once_for_a_time_zone(
    cache: Cache, clock: Clock
) -> None:
    weather = service(cache, clock, Forecaster("one", clock))
    first = report(weather, Place(HERE, timezone="Europe/Zurich"))
    clock.advance(minutes=2)
    second = report(weather, Place(HERE, "Zurich", timezone="Europe/Zurich"))
    columns = [days.columns for days in (first.days, second.days) if isinstance(days, Days)]
    assert len(columns) == 2
    assert columns[0] is columns[1]


def test_requests_within_a_minute_get_the_same_report(cache: Cache, clock: Clock) -> None:
    weather = service(cache, clock, Forecaster("one", clock))
    first = report(weather, Place(HERE))
    clock.advance(seconds=59)
    assert report(weather, Place(HERE)) is report(weather, Place(HERE))
    assert report(weather, Place(HERE)).at == first.at.replace(second=0)


class Climatology:
    credits = ()

    def normal(self, where: Coordinates, day: object) -> ClimateNormal:
        return ClimateNormal(10.0, 1.0, 0.5, "2000–2025")


def test_the_climate_fallback_has_the_time_zone_of_the_nearest_city(
    cache: Cache, clock: Clock
) -> None:
    weather = ForecastService(
        [],
        None,
        Climatology(),
        cache,
        clock,
        nearest_zone=lambda cell: "Asia/Kathmandu",
        threads=ThreadPool(8, "fetch"),
    )
    located = LocatedPlace(Place(HERE), LocatedBy.COORDINATES)
    fallback = weather.climate_fallback(located, UpstreamUnavailable("down", 17))
    assert fallback
    assert (fallback.timezone, fallback.retry_after) == ("Asia/Kathmandu", 17)


def test_without_a_climatology_there_is_no_fallback(cache: Cache, clock: Clock) -> None:
    located = LocatedPlace(Place(HERE), LocatedBy.COORDINATES)
    weather = service(cache, clock)
    assert weather.climate_fallback(located, UpstreamUnavailable("down")) is None
