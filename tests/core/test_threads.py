"""Tasks of one pool wait only for tasks of the pools below it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import wait
from typing import Any

import pytest
from flask import Flask

from simulator import Upstreams
from weather.core.threads import ThreadPool, ThreadPools, completed, failed


def test_a_pool_starts_its_threads_with_the_first_task() -> None:
    """A server forks after the pools are made, and threads do not survive a fork."""
    before = threading.active_count()
    pools = ThreadPools.for_requests(16)
    assert threading.active_count() == before
    assert pools.fetches.submit(threading.current_thread).result(5).name.startswith("fetch")


def test_a_pool_has_no_more_threads_than_its_size() -> None:
    pool, released = ThreadPool(3, "test"), threading.Event()
    running = threading.Semaphore(0)

    def task() -> str:
        running.release()
        released.wait(5)
        return threading.current_thread().name

    tasks = [pool.submit(task) for _ in range(20)]
    for _ in range(3):
        assert running.acquire(timeout=5)
    assert not running.acquire(blocking=False)
    released.set()
    assert len({task.result(5) for task in tasks}) == 3


def test_tasks_that_wait_for_the_layer_below_end_with_one_thread_in_each_layer() -> None:
    places, fetches, calls = (ThreadPool(1, name) for name in ("place", "fetch", "call"))

    def fetch() -> int:
        return calls.submit(lambda: 1).result(5)

    def place() -> int:
        return sum(fetches.submit(fetch).result(5) for _ in range(3))

    tasks = [places.submit(place) for _ in range(6)]
    assert not wait(tasks, 10).not_done
    assert [task.result() for task in tasks] == [3] * 6


def test_a_future_may_hold_its_result_or_error_from_the_start() -> None:
    assert completed(3).result(0) == 3
    with pytest.raises(KeyError):
        failed(KeyError("no")).result(0)


def test_comparisons_of_all_request_threads_at_once_are_answered(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    """Each has six places, each of which waits for fetches, which wait for calls."""
    app = make_app(threads=1, deadline=120.0)
    urls = [
        "/compare?" + "&".join(f"q={40 + place + number / 10:.1f},8.5" for place in range(6))
        for number in range(4)
    ]
    statuses: list[Any] = []
    threads = [
        threading.Thread(
            target=lambda url=url: statuses.append(app.test_client().get(url).status_code)
        )
        for url in urls
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(150)
    assert statuses == [200] * 4
    assert len(upstreams.calls("open-meteo")) == 24
