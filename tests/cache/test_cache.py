from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cache.sources import ANOTHER, ANY, PLACE, Source
from tests.conftest import Clock
from tests.stores.broken import Broken
from weather.cache.cache import Cache
from weather.cache.entry import Status
from weather.cache.policy import Policy
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamUnavailable, WouldWait
from weather.core.models import Coordinates
from weather.stores.memory import Memory


@pytest.fixture
def cache(clock: Clock) -> Cache:
    return Cache(Memory(), clock)


def test_a_fresh_entry_is_fetched_once(cache: Cache, clock: Clock) -> None:
    source = Source(cache, PLACE)
    for _ in range(3):
        assert cache.get("key", source, Deadline(1)).value == PLACE
    clock.advance(minutes=14, seconds=59)
    cache.get("key", source, Deadline(1))
    assert source.calls == 1


def test_a_fetch_receives_the_expired_entry(cache: Cache, clock: Clock) -> None:
    source = Source(cache, PLACE, ANOTHER)
    first = cache.get("key", source, Deadline(1))
    clock.advance(minutes=15)
    second = cache.get("key", source, Deadline(1))
    assert second.value == ANOTHER
    assert source.given == [None, replace(first, status=Status.HIT)]
    assert second.fetched_at - first.fetched_at == timedelta(minutes=15)


def test_keys_do_not_mix(cache: Cache) -> None:
    assert cache.get("a", Source(cache, PLACE), Deadline(1)).value == PLACE
    assert cache.get("b", Source(cache, ANOTHER), Deadline(1)).value == ANOTHER


def test_a_failed_fetch_serves_the_usable_entry_marked_stale(cache: Cache, clock: Clock) -> None:
    source = Source(cache, PLACE, UpstreamUnavailable("down"), ANOTHER)
    cache.get("key", source, Deadline(1), ANY)
    clock.advance(hours=2)
    stale = cache.get("key", source, Deadline(1), ANY)
    assert (stale.value, stale.stale) == (PLACE, True)
    recovered = cache.get("key", source, Deadline(1), ANY)
    assert (recovered.value, recovered.stale) == (ANOTHER, False)


def test_an_unusable_entry_does_not_hide_a_failure(cache: Cache, clock: Clock) -> None:
    source = Source(cache, PLACE, UpstreamUnavailable("down"))
    cache.get("key", source, Deadline(1))
    clock.advance(hours=1)
    with pytest.raises(UpstreamUnavailable):
        cache.get("key", source, Deadline(1))


def test_a_failure_without_an_entry_is_raised_and_the_next_call_fetches(cache: Cache) -> None:
    source = Source(cache, UpstreamUnavailable("down"), PLACE)
    with pytest.raises(UpstreamUnavailable):
        cache.get("key", source, Deadline(1), ANY)
    assert cache.get("key", source, Deadline(1), ANY).value == PLACE


def test_a_broken_store_costs_no_result(clock: Clock) -> None:
    cache = Cache(Broken(), clock)
    source = Source(cache, PLACE)
    for _ in range(2):
        assert cache.get("key", source, Deadline(1)).value == PLACE
    assert source.calls == 1


def test_without_upstream_calls_the_usable_entry_is_served(cache: Cache, clock: Clock) -> None:
    source = Source(cache, PLACE, ANOTHER)
    cache.get("key", source, Deadline(1), ANY)
    clock.advance(days=2)
    without = Deadline(1, allow_upstream=False)
    assert cache.get("key", source, without, ANY).value == PLACE
    assert source.calls == 1


RETRIED_LATER: Policy[Coordinates] = Policy(
    usable=bool, while_revalidating=timedelta(), retry_after=timedelta(minutes=5)
)


def test_nothing_is_fetched_for_a_while_after_a_failure(clock: Clock) -> None:
    """In no process: two caches share a store as two workers do."""
    store = Memory()
    first, second = Cache(store, clock), Cache(store, clock)
    source = Source(first, UpstreamUnavailable("down", 17), PLACE)
    for cache in (first, second, first, second):
        with pytest.raises(UpstreamUnavailable) as caught:
            cache.get("key", source, Deadline(1), RETRIED_LATER)
        assert caught.value.retry_after == 17
    assert source.calls == 1
    clock.advance(minutes=5)
    assert second.get("key", source, Deadline(1), RETRIED_LATER).value == PLACE


def test_the_usable_entry_is_served_for_a_while_after_a_failure(cache: Cache, clock: Clock) -> None:
    source = Source(cache, PLACE, UpstreamUnavailable("down"), ANOTHER)
    cache.get("key", source, Deadline(1), RETRIED_LATER)
    clock.advance(hours=3)
    for _ in range(3):
        entry = cache.get("key", source, Deadline(1), RETRIED_LATER)
        assert (entry.value, entry.stale) == (PLACE, True)
    assert source.calls == 2
    clock.advance(minutes=5)
    assert cache.get("key", source, Deadline(1), RETRIED_LATER).value == ANOTHER


def test_the_latest_entry_is_the_one_that_any_process_has_stored_last(clock: Clock) -> None:
    store = Memory()
    first, second = Cache(store, clock), Cache(store, clock)
    assert second.latest("key") is None
    hour = timedelta(hours=1)
    first.put("key", first.new_entry(True, hour), hour)
    second.put("key", second.new_entry(False, hour), hour)
    for cache in (first, second):
        entry = cache.latest("key")
        assert entry
        assert entry.value is False
    clock.advance(hours=1)
    assert first.latest("key") is None


class CountingStore(Memory):
    """Memory that counts how often it is read."""

    reads = 0

    def get(self, key: str) -> bytes | None:
        self.reads += 1
        return super().get(key)


def test_the_store_is_not_read_again_at_once_for_an_entry_that_it_lacks(clock: Clock) -> None:
    store = CountingStore()
    ours, others = Cache(store, clock), Cache(store, clock)
    for _ in range(100):
        assert ours.fresh("key") is None
    assert store.reads == 1
    others.get("key", Source(others, PLACE), Deadline(1))
    clock.advance(seconds=2)
    entry = ours.fresh("key")
    assert entry
    assert entry.value == PLACE


@pytest.mark.parametrize("fetches", [True, False])
def test_an_entry_that_this_process_has_had_is_found_at_once(clock: Clock, fetches: bool) -> None:
    store = Memory()
    ours, others = Cache(store, clock), Cache(store, clock)
    assert ours.fresh("key") is None
    first = ours if fetches else others
    first.get("key", Source(first, PLACE), Deadline(1))
    ours.get("key", Source(ours, PLACE), Deadline(1))
    entry = ours.fresh("key")
    assert entry
    assert entry.value == PLACE


def test_an_entry_past_its_freshness_is_no_fresh_one(cache: Cache, clock: Clock) -> None:
    cache.get("key", Source(cache, PLACE), Deadline(1))
    assert cache.fresh("key")
    clock.advance(minutes=15)
    assert cache.fresh("key") is None
    assert cache.fresh("key") is None


def test_an_entry_of_before_the_clock_was_set_back_is_fetched_anew(
    cache: Cache, clock: Clock
) -> None:
    policy = replace(ANY, while_revalidating=timedelta(hours=1))
    source = Source(cache, PLACE, ANOTHER)
    cache.get("key", source, Deadline(1), policy)
    clock.advance(days=-1)
    entry = cache.get("key", source, Deadline(1), policy)
    assert (entry.value, entry.status) == (ANOTHER, Status.MISS)


def test_one_that_does_not_wait_reads_no_store(clock: Clock) -> None:
    store = CountingStore()
    ours, others = Cache(store, clock), Cache(store, clock)
    others.get("key", Source(others, PLACE), Deadline(1))
    reads = store.reads
    with pytest.raises(WouldWait):
        ours.fresh("key", wait=False)
    assert store.reads == reads
    assert ours.fresh("key")
    assert ours.fresh("key", wait=False), "it is in memory now"
    assert ours.fresh("other") is None
    assert ours.fresh("other", wait=False) is None, "it was looked for a moment ago"
