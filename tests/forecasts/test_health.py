"""Each provider's last result, as all workers see it."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.conftest import Clock
from tests.forecasts.fakes import Forecaster, report, service
from weather.cache.cache import Cache
from weather.core.errors import UpstreamUnavailable
from weather.core.models import Coordinates, Place
from weather.forecasts.service import ForecastService
from weather.stores.memory import Memory

HERE = Place(Coordinates(47.37, 8.55))
THERE = Place(Coordinates(1, 2))


@pytest.fixture
def forecasters(clock: Clock) -> list[Forecaster]:
    return [Forecaster("one", clock), Forecaster("two", clock)]


def workers(forecasters: list[Forecaster], clock: Clock) -> list[ForecastService]:
    store = Memory()
    return [service(Cache(store, clock), clock, *forecasters) for _ in range(3)]


def health(weather: ForecastService) -> list[bool | None]:
    return [provider.healthy for provider in weather.health()]


def test_workers_agree_on_the_health_of_a_provider(
    forecasters: list[Forecaster], clock: Clock
) -> None:
    first, second, third = workers(forecasters, clock)
    assert health(first) == health(second) == health(third) == [None, None]
    forecasters[0].is_down = True
    report(first, HERE)
    assert health(first) == health(second) == health(third) == [False, True]
    forecasters[0].is_down = False
    report(second, THERE)
    assert health(first) == health(second) == health(third) == [True, True]


def test_workers_forget_a_failure_after_a_minute(
    forecasters: list[Forecaster], clock: Clock
) -> None:
    """A balancer that sends no requests while no worker is ready would see no recovery."""
    first, second, third = workers(forecasters, clock)
    report(second, HERE)
    for forecaster in forecasters:
        forecaster.is_down = True
    with suppress(UpstreamUnavailable):
        report(first, THERE)
    assert health(first) == health(second) == health(third) == [False, False]
    clock.advance(seconds=59)
    assert health(third) == [False, False]
    clock.advance(seconds=1)
    assert health(first) == health(second) == health(third) == [None, None]
