from __future__ import annotations

import threading

import pytest

from tests.conftest import Clock, until
from tests.stores.broken import Broken
from weather.core.deadline import Deadline
from weather.core.errors import CallSkipped
from weather.stores.memory import Memory
from weather.upstream.call_guard import CallGuard
from weather.upstream.quota import Quota


def guard(store: Memory, clock: Clock) -> CallGuard:
    return CallGuard("Open-Meteo", Quota("Open-Meteo", (), store, clock), store, clock)


def test_at_most_two_calls_are_in_flight_over_all_processes(clock: Clock) -> None:
    store = Memory()
    guards = [guard(store, clock) for _ in range(4)]
    acquired: set[str] = set()
    in_flight, lock = [], threading.Lock()

    def call(own: CallGuard) -> None:
        for _ in range(10):
            slot = own.acquire(Deadline(20))
            with lock:
                assert slot not in acquired
                acquired.add(slot)
                in_flight.append(len(acquired))
            threading.Event().wait(0.001)
            with lock:
                acquired.remove(slot)
            own.release(slot)

    threads = [threading.Thread(target=call, args=(own,)) for own in guards * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(in_flight) == 80
    assert max(in_flight) == 2


def test_a_call_without_a_free_slot_is_skipped_and_holds_none(clock: Clock) -> None:
    store = Memory()
    own, other = guard(store, clock), guard(store, clock)
    slots = [own.acquire(Deadline(1)) for _ in range(2)]
    for one in (own, other):
        with pytest.raises(CallSkipped):
            one.acquire(Deadline(0.01))
    own.release(slots[0])
    until(lambda: other.acquire(Deadline(1)))


def test_waiting_for_a_slot_leaves_time_for_the_call(clock: Clock) -> None:
    own = guard(Memory(), clock)
    for _ in range(2):
        own.acquire(Deadline(1))
    deadline = Deadline(0.2)
    with pytest.raises(CallSkipped):
        own.acquire(deadline)
    assert deadline.remaining() > 0


def test_no_call_is_admitted_for_crawlers_or_with_an_open_breaker(clock: Clock) -> None:
    own = guard(Memory(), clock)
    with pytest.raises(CallSkipped):
        own.acquire(Deadline(1, allow_upstream=False))
    for _ in range(3):
        own.breaker.failed()
    with pytest.raises(CallSkipped) as caught:
        own.acquire(Deadline(1))
    assert 1 <= caught.value.retry_after <= 5


def test_a_store_that_raises_costs_no_slot(clock: Clock) -> None:
    """More calls than there are slots, one after another: each gets one."""
    store = Broken()
    lock = CallGuard("Open-Meteo", Quota("Open-Meteo", (), store, clock), store, clock)
    for _ in range(5):
        lock.release(lock.acquire(Deadline(1)))


def test_the_slots_of_a_process_limit_its_calls_when_the_store_raises(clock: Clock) -> None:
    store = Broken()
    lock = CallGuard("Open-Meteo", Quota("Open-Meteo", (), store, clock), store, clock)
    slots = [lock.acquire(Deadline(1)) for _ in range(2)]
    with pytest.raises(CallSkipped):
        lock.acquire(Deadline(0.01))
    lock.release(slots[0])
    lock.acquire(Deadline(1))
