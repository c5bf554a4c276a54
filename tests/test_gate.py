from __future__ import annotations

import threading

import pytest

from tests.conftest import Clock, until
from weather.budget import Budget
from weather.deadline import Deadline
from weather.errors import NotAsked
from weather.gate import Gate
from weather.stores.memory import Memory


def gate(store: Memory, clock: Clock) -> Gate:
    return Gate("Open-Meteo", Budget("Open-Meteo", (), store, clock), store, clock)


def test_two_are_on_their_way_at_most_among_all_processes(clock: Clock) -> None:
    store = Memory()
    gates = [gate(store, clock) for _ in range(4)]
    here: set[str] = set()
    most, guard = [], threading.Lock()

    def call(ours: Gate) -> None:
        for _ in range(10):
            seat = ours.enter(Deadline(20))
            with guard:
                assert seat not in here
                here.add(seat)
                most.append(len(here))
            threading.Event().wait(0.001)
            with guard:
                here.remove(seat)
            ours.leave(seat)

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
    seats = [ours.enter(Deadline(1)) for _ in range(2)]
    for each in (ours, theirs):
        with pytest.raises(NotAsked):
            each.enter(Deadline(0.01))
    ours.leave(seats[0])
    until(lambda: theirs.enter(Deadline(1)))


def test_who_gets_a_seat_has_time_for_the_call(clock: Clock) -> None:
    ours = gate(Memory(), clock)
    for _ in range(2):
        ours.enter(Deadline(1))
    deadline = Deadline(0.2)
    with pytest.raises(NotAsked):
        ours.enter(deadline)
    assert deadline.remaining() > 0


def test_without_calls_and_with_an_open_breaker_nobody_enters(clock: Clock) -> None:
    ours = gate(Memory(), clock)
    with pytest.raises(NotAsked):
        ours.enter(Deadline(1, calls=False))
    for _ in range(3):
        ours.breaker.failed()
    with pytest.raises(NotAsked) as caught:
        ours.enter(Deadline(1))
    assert 1 <= caught.value.retry_after <= 5
