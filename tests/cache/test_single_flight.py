from __future__ import annotations

import threading

import pytest

from tests.cache.sources import PLACE, HeldSource, Source, visit_together
from tests.conftest import Clock
from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamTimeout, UpstreamUnavailable
from weather.stores.memory import Memory


@pytest.fixture
def cache(clock: Clock) -> Cache:
    return Cache(Memory(), clock)


def test_concurrent_requests_for_a_key_fetch_once(cache: Cache) -> None:
    source = HeldSource(cache, PLACE)
    results = visit_together(50, lambda deadline: cache.get("key", source, deadline), source)
    assert source.calls == 1
    assert {result.value for result in results} == {PLACE}


def test_a_failure_is_shared_by_concurrent_requests_and_not_by_the_next(cache: Cache) -> None:
    source = HeldSource(cache, UpstreamUnavailable("down"), PLACE)
    results = visit_together(20, lambda deadline: cache.get("key", source, deadline), source)
    assert source.calls == 1
    assert all(isinstance(result, UpstreamUnavailable) for result in results)
    assert cache.get("key", source, Deadline(1)).value == PLACE


def test_no_request_waits_for_another_beyond_its_deadline(cache: Cache) -> None:
    source = HeldSource(cache, PLACE)
    leader = threading.Thread(target=cache.get, args=("key", source, Deadline(5)))
    leader.start()
    source.started.wait(5)
    with pytest.raises(UpstreamTimeout):
        cache.get("key", source, Deadline(0.01))
    source.released.set()
    leader.join()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_request_with_time_left_fetches_again_after_anothers_timeout(
    clock: Clock, processes: int
) -> None:
    store = Memory()
    caches = [Cache(store, clock) for _ in range(processes)]
    first, second = caches[0], caches[-1]
    source = HeldSource(first, UpstreamTimeout("late"), PLACE)
    waiting = Follower(30)

    def lead() -> None:
        with pytest.raises(UpstreamTimeout):
            first.get("key", source, Deadline(1))

    def release() -> None:
        waiting.begun.wait(5)
        source.released.set()

    threads = [threading.Thread(target=lead), threading.Thread(target=release)]
    threads[0].start()
    source.started.wait(5)
    threads[1].start()
    assert second.get("key", source, waiting).value == PLACE
    for thread in threads:
        thread.join()
    assert source.calls == 2


class Follower(Deadline):
    """Announces that its owner waits."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.begun = threading.Event()

    def remaining(self) -> float:
        self.begun.set()
        return super().remaining()


def test_a_bug_in_a_fetch_is_raised_and_the_next_request_fetches(cache: Cache) -> None:
    source = Source(cache, KeyError("a bug"), PLACE)
    with pytest.raises(KeyError):
        cache.get("key", source, Deadline(1))
    assert cache.get("key", source, Deadline(1)).value == PLACE
