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


def gate(store: Memory, clock: Clock) -> CallGuard:
    return CallGuard("Open-Meteo", Quota("Open-Meteo", (), store, clock), store, clock)


def test_two_are_on_their_way_at_most_among_all_processes(clock: Clock) -> None:
    store = Memory()
    gates = [gate(store, clock) for _ in range(4)]
    here: set[str] = set()
    most, guard = [], threading.Lock()

    def call(ours: CallGuard) -> None:
        for _ in range(10):
            slot = ours.acquire(Deadline(20))
            with guard:
                assert slot not in here
                here.add(slot)
                most.append(len(here))
            threading.Event().wait(0.001)
            with guard:
                here.remove(slot)
            ours.release(slot)

    threads = [threading.Thread(target=call, args=(each,)) for each in gates * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 80
    assert max(most) == 2


def test_who_finds_no_seat_in_time_does_not_call_and_keeps_none(clock: Clock) -> None:
    store = Memory()
    ours, theirs = gate(store, clock), gate(store, clock)
    slots = [ours.acquire(Deadline(1)) for _ in range(2)]
    for each in (ours, theirs):
        with pytest.raises(CallSkipped):
            each.acquire(Deadline(0.01))
    ours.release(slots[0])
    until(lambda: theirs.acquire(Deadline(1)))


def test_who_gets_a_seat_has_time_for_the_call(clock: Clock) -> None:
    ours = gate(Memory(), clock)
    for _ in range(2):
        ours.acquire(Deadline(1))
    deadline = Deadline(0.2)
    with pytest.raises(CallSkipped):
        ours.acquire(deadline)
    assert deadline.remaining() > 0


def test_without_calls_and_with_an_open_breaker_nobody_enters(clock: Clock) -> None:
    ours = gate(Memory(), clock)
    with pytest.raises(CallSkipped):
        ours.acquire(Deadline(1, allow_upstream=False))
    for _ in range(3):
        ours.breaker.failed()
    with pytest.raises(CallSkipped) as caught:
        ours.acquire(Deadline(1))
    assert 1 <= caught.value.retry_after <= 5


def test_a_store_that_raises_costs_no_slot(clock: Clock) -> None:
    """More calls than there are slots, one after another: each gets one."""
    store = Broken()
    guard = CallGuard("Open-Meteo", Quota("Open-Meteo", (), store, clock), store, clock)
    for _ in range(5):
        guard.release(guard.acquire(Deadline(1)))


def test_the_slots_of_a_process_limit_its_calls_when_the_store_raises(clock: Clock) -> None:
    store = Broken()
    guard = CallGuard("Open-Meteo", Quota("Open-Meteo", (), store, clock), store, clock)
    slots = [guard.acquire(Deadline(1)) for _ in range(2)]
    with pytest.raises(CallSkipped):
        guard.acquire(Deadline(0.01))
    guard.release(slots[0])
    guard.acquire(Deadline(1))
