"""Each provider's last result, as all workers see it."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.conftest import Clock
from tests.forecasts.fakes import Forecaster, report, service
from weather.cache.cache import Cache
from weather.core.errors import UpstreamUnavailable
from weather.core.models import Coordinates, Place
from weather.forecasts.health import ProviderHealth
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


class Counting(Memory):
    """A store that counts what is written."""

    writes = 0

    def set(self, key: str, value: bytes, timeout: float) -> bool:
        self.writes += 1
        return super().set(key, value, timeout)


def test_a_success_after_a_success_is_written_every_five_minutes(clock: Clock) -> None:
    store = Counting()
    first, second = (ProviderHealth(Cache(store, clock), clock) for _ in range(2))
    for _ in range(3):
        first.record("one", healthy=True)
        second.record("one", healthy=True)
    assert store.writes == 1
    clock.advance(minutes=5)
    first.record("one", healthy=True)
    assert store.writes == 2


def test_a_change_is_written_at_once(clock: Clock) -> None:
    store = Counting()
    first, second = (ProviderHealth(Cache(store, clock), clock) for _ in range(2))
    for healthy in (True, False, True, False, False):
        first.record("one", healthy=healthy)
        assert second.get("one").healthy is healthy
    assert store.writes == 5, "each failure, as they are forgotten after a minute"
