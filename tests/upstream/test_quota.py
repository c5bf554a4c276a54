from __future__ import annotations

import threading

import pytest

from tests.conftest import Clock
from tests.stores.broken import Broken
from weather.core.errors import CallSkipped
from weather.stores.memory import Memory
from weather.upstream.limit import Limit, per_minute_hour_day
from weather.upstream.quota import Quota


@pytest.fixture
def store() -> Memory:
    return Memory()


def quota(store: Memory, clock: Clock, *limits: Limit) -> Quota:
    return Quota("Open-Meteo", limits, store, clock)


def spent(quota: Quota, weight: float = 1) -> int | None:
    """In how many seconds there is more, None if there is."""
    try:
        quota.charge(weight)
    except CallSkipped as error:
        return error.retry_after
    return None


def test_weights_are_counted_in_the_windows_of_the_clock(store: Memory, clock: Clock) -> None:
    ours = quota(store, clock, Limit(10, 60))
    assert [spent(ours, 2.4) for _ in range(5)] == [None, None, None, None, 60]
    assert spent(ours, 0.4) is None, "what was refused is not counted"
    clock.advance(seconds=59)
    assert spent(ours) == 1
    clock.advance(seconds=1)
    assert spent(ours) is None


def test_every_window_counts(store: Memory, clock: Clock) -> None:
    ours = quota(store, clock, *per_minute_hour_day((2, 5, 7)))
    made = 0
    for _ in range(180):
        made += sum(spent(ours) is None for _ in range(3))
        clock.advance(minutes=1)
    assert made == 7
    assert spent(ours) == (24 - 11) * 3600 - 20 * 60, "until midnight in UTC"


def test_processes_spend_together(store: Memory, clock: Clock) -> None:
    budgets = [quota(store, clock, Limit(50, 60)) for _ in range(4)]
    made: list[bool] = []

    def spend(each: Quota) -> None:
        made.extend(spent(each) is None for _ in range(30))

    threads = [threading.Thread(target=spend, args=(each,)) for each in budgets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Calls that meet on the last of a quota may all be refused, never all be made.
    assert 45 <= sum(made) <= 50


@pytest.mark.parametrize(
    ("reason", "seconds"),
    [
        ("Minutely API request limit exceeded. Please try again in one minute.", 60),
        ("Hourly API request limit exceeded. Please try again in the next hour.", 40 * 60),
        ("Daily API request limit exceeded. Please try again tomorrow.", (15 * 60 + 40) * 60),
        ("Too many concurrent requests", 2),
        ("Sorry", 60),
    ],
)
def test_a_refusal_closes_it_for_all_until_its_window_is_over(
    store: Memory, clock: Clock, reason: str, seconds: int
) -> None:
    ours, theirs = quota(store, clock), quota(store, clock)
    assert ours.throttle("", reason) == seconds
    assert spent(theirs) == seconds
    clock.advance(seconds=seconds)
    assert spent(theirs) is None


def test_a_refusal_does_not_outlive_a_clock_that_is_set_back(store: Memory, clock: Clock) -> None:
    ours = quota(store, clock)
    ours.throttle("60", "")
    clock.advance(days=-3)
    assert spent(ours) is None


@pytest.mark.parametrize("torn", [b"", b"rubbish", b"nan", b"inf", b"\xff"])
def test_a_torn_refusal_is_none(store: Memory, clock: Clock, torn: bytes) -> None:
    store.set("closed Open-Meteo", torn, 60)
    assert spent(quota(store, clock)) is None


def test_retry_after_is_taken_within_reason(store: Memory, clock: Clock) -> None:
    ours = quota(store, clock)
    assert ours.throttle("120", "tomorrow") == 120
    assert ours.throttle("99999", "") == 3600
    assert ours.throttle("Fri, 01 Jan 2027 00:00:00 GMT", "") == 60
    assert ours.throttle("0", "") == 1


def test_a_call_that_comes_to_nothing_counts_as_one(store: Memory, clock: Clock) -> None:
    ours = quota(store, clock, Limit(10, 60))
    for _ in range(7):
        assert spent(ours, 4) is None
        ours.refund(4)
    assert spent(ours, 4) == 60
    assert spent(ours, 3) is None


def test_a_store_that_raises_leaves_the_count_of_this_process(clock: Clock) -> None:
    ours = Quota("Open-Meteo", (Limit(3, 60),), Broken(), clock)
    assert [spent(ours) for _ in range(4)] == [None, None, None, 60]
    ours.refund(4)
    assert spent(ours) is None


def test_a_refusal_holds_in_this_process_when_the_store_raises(clock: Clock) -> None:
    ours = Quota("Open-Meteo", (), Broken(), clock)
    ours.throttle("120", "")
    assert spent(ours) == 120
