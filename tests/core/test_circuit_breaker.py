from __future__ import annotations

import pytest

from weather.core.circuit_breaker import CircuitBreaker


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def breaker(seconds: Seconds) -> CircuitBreaker:
    return CircuitBreaker(failures=3, pause=5, longest=12, clock=seconds)


def fail(breaker: CircuitBreaker, times: int = 1) -> None:
    for _ in range(times):
        breaker.failed()


def test_the_breaker_opens_after_failures_in_a_row(breaker: CircuitBreaker) -> None:
    fail(breaker, 2)
    breaker.succeeded()
    fail(breaker, 2)
    assert breaker.allows()
    assert breaker.wait() == 0
    fail(breaker)
    assert not breaker.allows()
    assert breaker.wait() == 5


def test_an_open_breaker_allows_one_try_at_a_time(
    breaker: CircuitBreaker, seconds: Seconds
) -> None:
    fail(breaker, 3)
    seconds.now += 5
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    seconds.now += 5
    assert breaker.allows(), "a try without a result blocks no other for longer"


def test_a_try_that_succeeds_closes_the_breaker(breaker: CircuitBreaker, seconds: Seconds) -> None:
    fail(breaker, 3)
    seconds.now += 5
    assert breaker.allows()
    breaker.succeeded()
    assert [breaker.allows() for _ in range(3)] == [True, True, True]


def test_tries_that_fail_become_rarer_up_to_a_limit(
    breaker: CircuitBreaker, seconds: Seconds
) -> None:
    fail(breaker, 3)
    waits = []
    for _ in range(4):
        waits.append(breaker.wait())
        seconds.now += breaker.wait()
        assert breaker.allows()
        fail(breaker)
    assert waits == [5, 10, 12, 12]


def test_a_clock_that_is_set_back_does_not_keep_the_breaker_open(
    breaker: CircuitBreaker, seconds: Seconds
) -> None:
    fail(breaker, 3)
    seconds.now -= 3600
    assert breaker.allows()
