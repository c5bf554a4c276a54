"""The circuit breaker that processes share through their store."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.conftest import Clock
from tests.stores.broken import Broken
from weather.stores.base import Store
from weather.stores.fault_tolerant import fault_tolerant
from weather.stores.memory import Memory
from weather.upstream.shared_breaker import SharedBreaker, open_breakers


@dataclass
class Replicas:
    """Breakers of several processes on one store."""

    clock: Clock
    store: Store

    def __call__(self, key: str = "a provider") -> SharedBreaker:
        store = fault_tolerant(self.store)
        return SharedBreaker(key, store, lambda: self.clock().timestamp())

    def is_open(self, key: str = "a provider") -> bool:
        return next(open_breakers([key], self.store))


@pytest.fixture
def replicas(clock: Clock) -> Replicas:
    return Replicas(clock, Memory())


def fail(*breakers: SharedBreaker) -> None:
    for breaker in breakers:
        assert breaker.allows()
        breaker.failed()


def test_failures_of_all_replicas_open_the_breaker_of_all(replicas: Replicas) -> None:
    one, two, three, idle = (replicas() for _ in range(4))
    fail(one, two)
    assert not replicas.is_open()
    fail(three)
    assert replicas.is_open()
    assert [breaker.allows() for breaker in (one, two, three, idle)] == [False] * 4
    assert 4 < idle.wait() <= 5
    assert not idle.is_open, "it has made no call"


def test_others_are_not_concerned(replicas: Replicas) -> None:
    fail(*[replicas() for _ in range(3)])
    assert replicas("another").allows()
    assert list(open_breakers(["another", "a provider"], replicas.store)) == [False, True]


def test_one_replica_at_a_time_tries_and_its_success_is_that_of_all(
    replicas: Replicas, clock: Clock
) -> None:
    breakers = [replicas() for _ in range(3)]
    fail(*breakers)
    clock.advance(seconds=5)
    assert [breaker.allows() for breaker in breakers] == [True, False, False]
    breakers[0].succeeded()
    assert [breaker.allows() for breaker in breakers] == [True, True, True]
    assert not replicas.is_open()


def test_tries_that_fail_become_rarer_for_all(replicas: Replicas, clock: Clock) -> None:
    breakers = [replicas() for _ in range(3)]
    fail(*breakers)
    waits = []
    for number in range(7):
        wait = breakers[0].wait()
        waits.append(round(wait))
        clock.advance(seconds=wait)
        fail(breakers[number % 3])
    assert waits == [5, 10, 20, 40, 80, 120, 120]


def test_a_replica_without_a_network_does_not_stop_the_calls_of_others(
    replicas: Replicas, clock: Clock
) -> None:
    works, broken = replicas(), replicas()
    for _ in range(20):
        if broken.allows():
            broken.failed()
        assert works.allows()
        works.succeeded()
        clock.advance(seconds=1)
    assert broken.is_open
    assert not replicas.is_open()


def test_others_go_on_after_the_pause_that_a_replica_without_a_network_has_caused(
    replicas: Replicas, clock: Clock
) -> None:
    works, broken = replicas(), replicas()
    fail(broken, broken, broken)
    assert not works.allows()
    clock.advance(seconds=5)
    assert works.allows()
    works.succeeded()
    assert works.allows()
    assert not broken.allows() or broken.is_open


def test_a_replica_that_starts_later_knows_the_state(replicas: Replicas) -> None:
    fail(*[replicas() for _ in range(3)])
    assert not replicas().allows()


def test_without_a_store_each_process_has_its_own(clock: Clock) -> None:
    replicas = Replicas(clock, Broken())
    one, two = replicas(), replicas()
    fail(one, one, one)
    assert (one.allows(), two.allows()) == (False, True)


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"3", b"3 inf", b"3 nan", b"-1 5", b"99999 5", b"3 5 7", b"x y"]
)
def test_what_is_no_state_is_a_closed_breaker(replicas: Replicas, data: bytes) -> None:
    replicas.store.set("breaker a provider", data, 60)
    assert not replicas.is_open()
    breaker = replicas()
    assert breaker.allows()
    fail(breaker, breaker)
    assert breaker.allows()


def test_a_stored_time_far_ahead_stops_no_call(replicas: Replicas, clock: Clock) -> None:
    """As another program, or a clock that was wrong, may have stored."""
    at = clock().timestamp() + 86400
    replicas.store.set("breaker a provider", f"3 {at!r}".encode(), 60)
    assert replicas().allows()
