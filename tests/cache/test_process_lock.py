"""Two caches over one store, as two processes have."""

from __future__ import annotations

from tests.cache.sources import PLACE, HeldSource, Source, visit_together
from tests.conftest import Clock
from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamUnavailable
from weather.stores.memory import Memory


def test_processes_wait_for_the_one_that_fetches(clock: Clock) -> None:
    store = Memory()
    first, second = Cache(store, clock), Cache(store, clock)
    source = HeldSource(first, PLACE)
    caches = iter([first, second] * 10)
    results = visit_together(20, lambda deadline: next(caches).get("key", source, deadline), source)
    assert source.calls == 1
    assert {result.value for result in results} == {PLACE}


def test_processes_share_the_failure_of_the_one_that_fetched(clock: Clock) -> None:
    store = Memory()
    first, second = Cache(store, clock), Cache(store, clock)
    source = HeldSource(first, UpstreamUnavailable("down", 17), PLACE)
    caches = iter([first, second] * 10)
    results = visit_together(20, lambda deadline: next(caches).get("key", source, deadline), source)
    assert source.calls == 1
    assert {result.retry_after for result in results} == {17}
    assert second.get("key", source, Deadline(1)).value == PLACE


class Held(Memory):
    """A store in which a lock's holder died unnoticed."""

    def acquire(self, name: str, seconds: float) -> bool:
        return False


def test_a_lock_that_is_never_released_prevents_no_fetch(clock: Clock) -> None:
    cache = Cache(Held(), clock)
    assert cache.get("key", Source(cache, PLACE), Deadline(0.05)).value == PLACE
