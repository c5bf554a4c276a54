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


def seconds_to_wait(quota: Quota, weight: float = 1) -> int | None:
    """Charge a call; the seconds to wait if the quota is spent, else None."""
    try:
        quota.charge(weight)
    except CallSkipped as error:
        return error.retry_after
    return None


def test_weights_are_counted_in_windows_of_the_clock(store: Memory, clock: Clock) -> None:
    own = quota(store, clock, Limit(10, 60))
    assert [seconds_to_wait(own, 2.4) for _ in range(5)] == [None, None, None, None, 60]
    assert seconds_to_wait(own, 0.4) is None, "a refused call is not counted"
    clock.advance(seconds=59)
    assert seconds_to_wait(own) == 1
    clock.advance(seconds=1)
    assert seconds_to_wait(own) is None


def test_every_window_limits_the_calls(store: Memory, clock: Clock) -> None:
    own = quota(store, clock, *per_minute_hour_day((2, 5, 7)))
    made = 0
    for _ in range(180):
        made += sum(seconds_to_wait(own) is None for _ in range(3))
        clock.advance(minutes=1)
    assert made == 7
    assert seconds_to_wait(own) == (24 - 11) * 3600 - 20 * 60, "until midnight in UTC"


def test_processes_share_the_quota(store: Memory, clock: Clock) -> None:
    quotas = [quota(store, clock, Limit(50, 60)) for _ in range(4)]
    made: list[bool] = []

    def spend(own: Quota) -> None:
        made.extend(seconds_to_wait(own) is None for _ in range(30))

    threads = [threading.Thread(target=spend, args=(own,)) for own in quotas]
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
def test_a_429_stops_all_processes_until_its_window_ends(
    store: Memory, clock: Clock, reason: str, seconds: int
) -> None:
    own, other = quota(store, clock), quota(store, clock)
    assert own.throttle("", reason) == seconds
    assert seconds_to_wait(other) == seconds
    clock.advance(seconds=seconds)
    assert seconds_to_wait(other) is None


def test_a_pause_ends_when_the_clock_is_set_back(store: Memory, clock: Clock) -> None:
    own = quota(store, clock)
    own.throttle("60", "")
    clock.advance(days=-3)
    assert seconds_to_wait(own) is None


@pytest.mark.parametrize("damaged", [b"", b"not a number", b"nan", b"inf", b"\xff"])
def test_a_damaged_pause_is_none(store: Memory, clock: Clock, damaged: bytes) -> None:
    store.set("closed Open-Meteo", damaged, 60)
    assert seconds_to_wait(quota(store, clock)) is None


def test_retry_after_is_bounded(store: Memory, clock: Clock) -> None:
    own = quota(store, clock)
    assert own.throttle("120", "tomorrow") == 120
    assert own.throttle("99999", "") == 3600
    assert own.throttle("Fri, 01 Jan 2027 00:00:00 GMT", "") == 60
    assert own.throttle("0", "") == 1


def test_a_failed_call_counts_as_one(store: Memory, clock: Clock) -> None:
    own = quota(store, clock, Limit(10, 60))
    for _ in range(7):
        assert seconds_to_wait(own, 4) is None
        own.refund(4)
    assert seconds_to_wait(own, 4) == 60
    assert seconds_to_wait(own, 3) is None


def test_a_store_that_raises_leaves_the_count_of_this_process(clock: Clock) -> None:
    own = Quota("Open-Meteo", (Limit(3, 60),), Broken(), clock)
    assert [seconds_to_wait(own) for _ in range(4)] == [None, None, None, 60]
    own.refund(4)
    assert seconds_to_wait(own) is None


def test_a_refusal_holds_in_this_process_when_the_store_raises(clock: Clock) -> None:
    own = Quota("Open-Meteo", (), Broken(), clock)
    own.throttle("120", "")
    assert seconds_to_wait(own) == 120
