from __future__ import annotations

import pickle
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Clock, until
from weather.cache.cache import _FORMAT, Cache
from weather.cache.entry import Entry, Failure, Status, encode
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamTimeout, UpstreamUnavailable
from weather.core.models import Coordinates
from weather.stores.folder import Folder
from weather.stores.memory import Memory

PLACE = Coordinates(1, 2)
LATER = Coordinates(3, 4)


class Source:
    """Fetches what it is told to, and counts."""

    def __init__(self, cache: Cache, *values: Coordinates | Exception) -> None:
        self.cache = cache
        self.values = list(values)
        self.calls = 0
        self.given: list[Entry[Coordinates] | None] = []

    def __call__(self, old: Entry[Coordinates] | None, deadline: Deadline) -> Entry[Coordinates]:
        self.given.append(old)
        value = self.values[min(self.calls, len(self.values) - 1)]
        self.calls += 1
        if isinstance(value, Exception):
            raise value
        return self.cache.entry(value, timedelta(minutes=15))


@pytest.fixture
def cache(clock: Clock) -> Cache:
    return Cache(Memory(), clock)


def test_a_fresh_answer_is_fetched_once(cache: Cache, clock: Clock) -> None:
    source = Source(cache, PLACE)
    for _ in range(3):
        assert cache.get("key", source, Deadline(1)).value == PLACE
    clock.advance(minutes=14, seconds=59)
    cache.get("key", source, Deadline(1))
    assert source.calls == 1


def test_an_expired_answer_is_fetched_again_with_the_old_one_at_hand(
    cache: Cache, clock: Clock
) -> None:
    source = Source(cache, PLACE, LATER)
    first = cache.get("key", source, Deadline(1))
    clock.advance(minutes=15)
    second = cache.get("key", source, Deadline(1))
    assert second.value == LATER
    assert source.given == [None, replace(first, status=Status.HIT)]
    assert second.fetched_at - first.fetched_at == timedelta(minutes=15)


def test_keys_do_not_mix(cache: Cache) -> None:
    assert cache.get("a", Source(cache, PLACE), Deadline(1)).value == PLACE
    assert cache.get("b", Source(cache, LATER), Deadline(1)).value == LATER


def test_an_outage_brings_back_the_old_answer_marked_stale(cache: Cache, clock: Clock) -> None:
    source = Source(cache, PLACE, UpstreamUnavailable("down"), LATER)
    cache.get("key", source, Deadline(1), usable=bool)
    clock.advance(hours=2)
    stale = cache.get("key", source, Deadline(1), usable=lambda value: True)
    assert (stale.value, stale.stale) == (PLACE, True)
    recovered = cache.get("key", source, Deadline(1), usable=lambda value: True)
    assert (recovered.value, recovered.stale) == (LATER, False)


def test_an_old_answer_that_is_of_no_use_any_more_does_not_hide_an_outage(
    cache: Cache, clock: Clock
) -> None:
    source = Source(cache, PLACE, UpstreamUnavailable("down"))
    cache.get("key", source, Deadline(1))
    clock.advance(hours=1)
    with pytest.raises(UpstreamUnavailable):
        cache.get("key", source, Deadline(1), usable=lambda value: False)


def test_many_who_ask_at_once_cost_one_call(cache: Cache) -> None:
    started, release = threading.Event(), threading.Event()
    source = Source(cache, PLACE)

    def slow(old: Entry[Coordinates] | None, deadline: Deadline) -> Entry[Coordinates]:
        started.set()
        release.wait(5)
        return source(old, deadline)

    results = ask_together(50, lambda: cache.get("key", slow, Deadline(5)), started, release)
    assert source.calls == 1
    assert {result.value for result in results} == {PLACE}


def test_a_failure_is_shared_and_the_next_visitor_tries_again(cache: Cache) -> None:
    started, release = threading.Event(), threading.Event()
    source = Source(cache, UpstreamUnavailable("down"), PLACE)

    def slow(old: Entry[Coordinates] | None, deadline: Deadline) -> Entry[Coordinates]:
        started.set()
        release.wait(5)
        return source(old, deadline)

    results = ask_together(20, lambda: cache.get("key", slow, Deadline(5)), started, release)
    assert source.calls == 1
    assert all(isinstance(result, UpstreamUnavailable) for result in results)
    assert cache.get("key", source, Deadline(1)).value == PLACE


def test_nobody_waits_for_another_beyond_the_deadline(cache: Cache) -> None:
    started, release = threading.Event(), threading.Event()

    def hanging(old: Entry[Coordinates] | None, deadline: Deadline) -> Entry[Coordinates]:
        started.set()
        release.wait(5)
        return cache.entry(PLACE, timedelta(minutes=1))

    leader = threading.Thread(target=cache.get, args=("key", hanging, Deadline(5)))
    leader.start()
    started.wait(5)
    with pytest.raises(UpstreamTimeout):
        cache.get("key", hanging, Deadline(0.01))
    release.set()
    leader.join()


def ask_together(
    count: int, ask: Callable[[], Any], started: threading.Event, release: threading.Event
) -> list[Any]:
    """All ask while the first is on its way; what each got, or the error."""
    results: list[Any] = []
    waiting = threading.Barrier(count + 1)

    def visitor() -> None:
        waiting.wait()
        try:
            results.append(ask())
        except UpstreamUnavailable as error:
            results.append(error)

    threads = [threading.Thread(target=visitor) for _ in range(count)]
    for thread in threads:
        thread.start()
    waiting.wait()
    started.wait(5)
    # The first is in the source; give the others the moment they need to come to its door.
    for _ in range(100):
        threading.Event().wait(0.002)
    release.set()
    for thread in threads:
        thread.join()
    return results


def test_the_store_is_shared_and_survives_a_restart(tmp_path: Path, clock: Clock) -> None:
    first, second = (Cache(Folder(tmp_path, 1000, 10_000_000), clock) for _ in range(2))
    source = Source(first, PLACE)
    first.get("key", source, Deadline(1))
    assert second.get("key", source, Deadline(1)).value == PLACE
    assert source.calls == 1


@pytest.mark.parametrize("damage", [b"", b"\0", b"rubbish" * 100, b"12345"])
def test_a_torn_file_is_a_miss(tmp_path: Path, clock: Clock, damage: bytes) -> None:
    first, second = (Cache(Folder(tmp_path, 1000, 10_000_000), clock) for _ in range(2))
    first.get("key", Source(first, PLACE), Deadline(1))
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:4] + damage)
    assert second.get("key", Source(second, LATER), Deadline(1)).value == LATER


class Trap:
    """What somebody who can write to the store might leave there."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("/tmp/trap-was-sprung"),)  # noqa: S108


class Trapped(Memory):
    def get(self, key: str) -> bytes | None:
        return zlib.compress(pickle.dumps(Trap()))


def test_a_pickle_that_is_not_ours_is_not_run(clock: Clock) -> None:
    cache = Cache(Trapped(), clock)
    assert cache.get("key", Source(cache, LATER), Deadline(1)).value == LATER
    assert not Path("/tmp/trap-was-sprung").exists()  # noqa: S108


class Broken(Memory):
    """A store whose disk is full and whose server is gone."""

    def get(self, key: str) -> bytes | None:
        raise OSError("gone")

    def set(self, key: str, value: bytes, timeout: object = None) -> bool:
        raise OSError("gone")

    def acquire(self, name: str, seconds: float) -> bool:
        raise OSError("gone")


def test_a_broken_store_costs_nobody_an_answer(clock: Clock) -> None:
    cache = Cache(Broken(), clock)
    source = Source(cache, PLACE)
    for _ in range(2):
        assert cache.get("key", source, Deadline(1)).value == PLACE
    assert source.calls == 1


def test_an_answer_just_past_its_time_is_served_at_once_and_refreshed_behind(
    cache: Cache, clock: Clock
) -> None:
    source, refreshed = Source(cache, PLACE, LATER), threading.Event()

    def fetch(old: Entry[Coordinates] | None, deadline: Deadline) -> Entry[Coordinates]:
        try:
            return source(old, deadline)
        finally:
            refreshed.set()

    first = cache.get("key", fetch, Deadline(1), usable=bool)
    assert first.status is Status.MISS
    refreshed.clear()
    clock.advance(hours=1, minutes=14)
    served = cache.get("key", fetch, Deadline(1), usable=bool)
    assert (served.value, served.status, served.stale) == (PLACE, Status.REVALIDATING, False)
    assert refreshed.wait(5)
    found = settled(lambda: cache.get("key", fetch, Deadline(1), usable=bool), LATER)
    assert found.status is Status.HIT
    assert source.calls == 2


def test_a_refresh_that_fails_is_told_and_not_tried_at_every_visit(
    cache: Cache, clock: Clock
) -> None:
    source = Source(cache, PLACE, UpstreamUnavailable("down"), LATER)

    def visit() -> Entry[Coordinates]:
        return cache.get("key", source, Deadline(1), usable=bool)

    visit()
    clock.advance(minutes=20)
    visit()
    until(lambda: visit().stale)
    for _ in range(20):
        assert visit().value == PLACE
    until(lambda: not cache._refreshing)
    assert source.calls == 2
    clock.advance(seconds=30)
    assert settled(visit, LATER).status is Status.HIT


def test_without_calls_there_is_what_is_known(cache: Cache, clock: Clock) -> None:
    source = Source(cache, PLACE, LATER)
    cache.get("key", source, Deadline(1), usable=bool)
    clock.advance(days=2)
    without = Deadline(1, allow_upstream=False)
    assert cache.get("key", source, without, usable=bool).value == PLACE
    assert source.calls == 1


def test_processes_wait_for_the_one_that_fetches(tmp_path: Path, clock: Clock) -> None:
    """Two caches over one store, as two processes have."""
    store = Memory()
    first, second = Cache(store, clock), Cache(store, clock)
    started, release = threading.Event(), threading.Event()
    source = Source(first, PLACE)

    def slow(old: Entry[Coordinates] | None, deadline: Deadline) -> Entry[Coordinates]:
        started.set()
        release.wait(5)
        return source(old, deadline)

    caches = iter([first, second] * 10)
    results = ask_together(20, lambda: next(caches).get("key", slow, Deadline(5)), started, release)
    assert source.calls == 1
    assert {result.value for result in results} == {PLACE}


def test_processes_share_the_failure_of_the_one_that_fetched(clock: Clock) -> None:
    store = Memory()
    first, second = Cache(store, clock), Cache(store, clock)
    started, release = threading.Event(), threading.Event()
    source = Source(first, UpstreamUnavailable("down", 17), PLACE)

    def slow(old: Entry[Coordinates] | None, deadline: Deadline) -> Entry[Coordinates]:
        started.set()
        release.wait(5)
        return source(old, deadline)

    caches = iter([first, second] * 10)
    results = ask_together(20, lambda: next(caches).get("key", slow, Deadline(5)), started, release)
    assert source.calls == 1
    assert {result.retry_after for result in results} == {17}
    assert second.get("key", source, Deadline(1)).value == PLACE


def test_nothing_outlives_a_clock_that_is_set_back(clock: Clock) -> None:
    """What was fetched, and what failed, by a clock that was a day ahead."""
    store = Memory()
    cache, source = Cache(store, clock), Source(Cache(store, clock), PLACE, LATER)
    cache.get("key", source, Deadline(1))
    clock.advance(days=-1)
    for each in (cache, Cache(store, clock)):
        assert each.get("key", source, Deadline(1)).value == LATER
    assert source.calls == 2
    failure = Failure(UpstreamUnavailable("down"), clock(), time.time() + 86_400)
    store.set(f"{_FORMAT}failed another", encode(failure), 86_400)
    assert cache.get("another", source, Deadline(1)).value == LATER


def test_clocks_of_machines_that_share_a_store_may_differ_a_little(clock: Clock) -> None:
    store = Memory()
    source = Source(Cache(store, clock), PLACE)
    Cache(store, clock).get("key", source, Deadline(1))
    clock.advance(seconds=-30)
    Cache(store, clock).get("key", source, Deadline(1))
    assert source.calls == 1


class Stuck(Memory):
    """A store in which a leader died and nobody noticed."""

    def acquire(self, name: str, seconds: float) -> bool:
        return False


def test_a_lock_that_nobody_gives_back_strands_nobody(clock: Clock) -> None:
    cache = Cache(Stuck(), clock)
    assert cache.get("key", Source(cache, PLACE), Deadline(0.05)).value == PLACE


@pytest.mark.parametrize("processes", [1, 2])
def test_who_has_time_left_tries_again_where_another_had_none(clock: Clock, processes: int) -> None:
    store = Memory()
    caches = [Cache(store, clock) for _ in range(processes)]
    first, second = caches[0], caches[-1]
    started, release = threading.Event(), threading.Event()
    source = Source(first, UpstreamTimeout("late"), PLACE)

    def slow(old: Entry[Coordinates] | None, deadline: Deadline) -> Entry[Coordinates]:
        started.set()
        release.wait(5)
        return source(old, deadline)

    def lead() -> None:
        with pytest.raises(UpstreamTimeout):
            first.get("key", slow, Deadline(1))

    leader = threading.Thread(target=lead)
    leader.start()
    started.wait(5)
    threading.Timer(0.2, release.set).start()
    assert second.get("key", slow, Deadline(30)).value == PLACE
    leader.join()
    assert source.calls == 2


def test_a_bug_behind_is_told_in_the_log(
    cache: Cache, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    source = Source(cache, PLACE, KeyError("no such thing"))
    cache.get("key", source, Deadline(1), usable=bool)
    clock.advance(minutes=20)
    cache.get("key", source, Deadline(1), usable=bool)
    until(lambda: "no such thing" in caplog.text)


def settled(visit: Callable[[], Entry[Coordinates]], value: Coordinates) -> Entry[Coordinates]:
    until(lambda: visit().value == value)
    return visit()
