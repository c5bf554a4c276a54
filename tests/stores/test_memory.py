from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial

from tests.conftest import until
from weather.stores.memory import Memory


def test_the_oldest_values_are_dropped_beyond_so_many_entries_or_bytes() -> None:
    few = Memory(entries=3, size=1000)
    for number in range(5):
        few.set(f"{number}", b"x", 60)
    assert [few.get(f"{number}") for number in range(5)] == [None, None, b"x", b"x", b"x"]
    small = Memory(entries=100, size=10)
    for number in range(3):
        small.set(f"{number}", b"four", 60)
        small.set(f"{number}", b"four", 60)
    assert [small.get(f"{number}") for number in range(3)] == [None, b"four", b"four"]


@contextmanager
def forked(work: Callable[[], object]) -> Iterator[int]:
    """A process that shares this one's memory; killed at the end."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    try:
        yield child
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_value_and_a_count_of_a_forked_process_are_everyones() -> None:
    memory = Memory(100, 100_000)
    memory.set("key", b"before", 60)

    def work() -> None:
        assert memory.get("key") == b"before"
        memory.count("calls", 2, 60)
        memory.set("key", b"after", 60)

    with forked(work):
        until(lambda: memory.get("key") == b"after")
    assert memory.count("calls", 1, 60) == 3


def test_the_bounds_are_those_of_all_processes_together() -> None:
    memory = Memory(100_000, 1_000_000)

    def work(name: int) -> None:
        for number in range(600):
            memory.set(f"{name} {number}", bytes(2000), 60)

    with ExitStack() as stack:
        for child in [stack.enter_context(forked(partial(work, name))) for name in range(3)]:
            os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    keys = [f"{name} {number}" for name in range(3) for number in range(600)]
    held = [value for value in memory.get_many(keys) if value is not None]
    assert 500_000 < sum(map(len, held)) <= 1_000_000
    assert set(held) == {bytes(2000)}


def test_counts_are_exact_among_forked_processes() -> None:
    memory = Memory(100, 100_000)

    def work() -> None:
        for _ in range(200):
            memory.count("calls", 1, 60)
        memory.count("done", 1, 60)

    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(forked(work))
        until(lambda: memory.count("done", 0, 60) == 3)
    assert memory.count("calls", 0, 60) == 600


def test_the_lock_of_a_forked_process_that_was_killed_is_free() -> None:
    memory = Memory(100, 100_000)

    def work() -> None:
        memory.acquire("lock", 60)
        memory.set("locked", b"yes", 60)
        signal.pause()

    with forked(work):
        until(lambda: memory.get("locked"))
        assert not memory.acquire("lock", 60)
    assert memory.acquire("lock", 60)


def test_processes_that_are_killed_while_they_write_leave_whole_values_and_no_lock() -> None:
    memory = Memory(50, 100_000)

    def work() -> None:
        number = 0
        while True:
            number += 1
            memory.set(f"{number % 100}", str(number).encode() * 100, 60)

    for _ in range(10):
        before = memory.get("0")
        with forked(work):
            until(lambda before=before: memory.get("0") != before)  # type: ignore[misc]
    assert memory.set("after", b"value", 60)
    assert memory.get("after") == b"value"
    held = [value for number in range(100) if (value := memory.get(f"{number}"))]
    assert len(held) <= 50
    assert all(value == value[: len(value) // 100] * 100 for value in held)


def _is_free(memory: Memory) -> bool:
    if free := memory._locks.lock("ring"):
        memory._locks.unlock("ring")
    return free


def test_a_process_that_was_stopped_while_it_writes_delays_no_reader() -> None:
    memory = Memory(100, 100_000)
    memory.set("key", b"value", 60)

    def work() -> None:
        with memory._exclusively():
            signal.pause()

    with forked(work):
        until(lambda: not _is_free(memory))
        assert memory.get("key") == b"value"
        assert memory.set("key", b"another", 60) is False
        waited_from = time.monotonic()
        for number in range(100):
            assert memory.set(f"{number}", b"another", 60) is False
            assert memory.count("calls", 1, 60) == 1
        assert time.monotonic() - waited_from < 100, "not a second for each"
    assert memory.set("key", b"another", 60)


def test_a_value_that_is_too_large_is_not_stored_and_replaces_the_last() -> None:
    memory = Memory(100, 100_000)
    memory.set("key", b"value", 60)
    assert memory.set("key", bytes(90_000), 60) is False
    assert memory.get("key") is None


def test_what_is_no_number_counts_as_none() -> None:
    for damaged in (b"nan", b"inf", b"-inf", b"1e999", b"many", b"\xff", b""):
        memory = Memory(100, 100_000)
        memory.set("calls", damaged, 60)
        assert memory.count("calls", 2, 60) == 2
