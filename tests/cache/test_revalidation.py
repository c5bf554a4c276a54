from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from tests.cache.sources import ANOTHER, ANY, PLACE, Source, wait_for_value
from tests.conftest import Clock, until
from weather.cache.cache import Cache
from weather.cache.entry import Entry, Status
from weather.cache.revalidation import Revalidation
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamUnavailable
from weather.core.models import Coordinates
from weather.core.threads import REFRESHES, ThreadPool
from weather.stores.memory import Memory


class Pool(ThreadPool):
    """Keeps its tasks. One that starts another does so before it is done."""

    def __init__(self, size: int) -> None:
        super().__init__(size, "test")
        self.tasks: list[Future[Any]] = []

    def submit(self, task: Callable[..., Any], *args: Any, **options: Any) -> Future[Any]:
        future = super().submit(task, *args, **options)
        self.tasks.append(future)
        return future

    def is_idle(self) -> bool:
        return all(task.done() for task in self.tasks)


@pytest.fixture
def pool() -> Pool:
    return Pool(50)


@pytest.fixture
def cache(clock: Clock, pool: Pool) -> Cache:
    return Cache(Memory(), clock, pool)


def test_an_entry_that_has_just_expired_is_served_and_refreshed_in_the_background(
    cache: Cache, clock: Clock
) -> None:
    source, refreshed = Source(cache, PLACE, ANOTHER), threading.Event()

    def fetch(expired: Entry[Coordinates] | None, deadline: Deadline) -> Entry[Coordinates]:
        try:
            return source(expired, deadline)
        finally:
            refreshed.set()

    first = cache.get("key", fetch, Deadline(1), ANY)
    assert first.status is Status.MISS
    refreshed.clear()
    clock.advance(hours=1, minutes=14)
    served = cache.get("key", fetch, Deadline(1), ANY)
    assert (served.value, served.status, served.stale) == (PLACE, Status.REVALIDATING, False)
    assert refreshed.wait(5)
    entry = wait_for_value(lambda: cache.get("key", fetch, Deadline(1), ANY), ANOTHER)
    assert entry.status is Status.HIT
    assert source.calls == 2


def test_a_failed_refresh_marks_the_entry_stale_and_is_not_repeated_at_once(
    cache: Cache, clock: Clock, pool: Pool
) -> None:
    source = Source(cache, PLACE, UpstreamUnavailable("down"), ANOTHER)

    def visit() -> Entry[Coordinates]:
        return cache.get("key", source, Deadline(1), ANY)

    visit()
    clock.advance(minutes=20)
    visit()
    until(lambda: visit().stale)
    for _ in range(20):
        assert visit().value == PLACE
    until(pool.is_idle)
    assert source.calls == 2
    clock.advance(seconds=30)
    assert wait_for_value(visit, ANOTHER).status is Status.HIT


def test_a_bug_in_a_refresh_is_logged(
    cache: Cache, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    source = Source(cache, PLACE, KeyError("no such thing"))
    cache.get("key", source, Deadline(1), ANY)
    clock.advance(minutes=20)
    cache.get("key", source, Deadline(1), ANY)
    until(lambda: "no such thing" in caplog.text)


def test_few_refreshes_run_at_once_and_all_run_in_the_end(pool: Pool) -> None:
    """The pool has threads for more: they are for tasks that a request waits for."""
    revalidation = Revalidation(pool)
    released, guard = threading.Event(), threading.Lock()
    running, most, done = 0, 0, 0

    def refresh() -> None:
        nonlocal running, most, done
        with guard:
            running += 1
            most = max(most, running)
        released.wait(5)
        with guard:
            running -= 1
            done += 1

    for number in range(20):
        revalidation.start(f"key {number}", refresh)
        revalidation.start(f"key {number}", refresh)
    until(lambda: running == REFRESHES)
    released.set()
    until(lambda: done == 20)
    until(pool.is_idle)
    assert (most, done, len(pool.tasks)) == (REFRESHES, 20, 20), "each key once"


def test_a_process_that_is_about_to_end_starts_no_refresh() -> None:
    class Ended(ThreadPool):
        refused = 0

        def submit(self, *_arguments: object, **_options: object) -> None:  # type: ignore[override]
            self.refused += 1
            raise RuntimeError("cannot schedule new futures after shutdown")

    pool = Ended(1, "test")
    revalidation = Revalidation(pool)
    for _ in range(REFRESHES + 1):
        revalidation.start("key", lambda: None)
    assert pool.refused == REFRESHES + 1, "none waits or counts as one that runs"
