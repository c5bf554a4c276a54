from __future__ import annotations

import time

import pytest

from weather.core.deadline import Deadline


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


def test_the_time_left_shrinks_to_zero_and_not_below(clock: Clock) -> None:
    deadline = Deadline(5)
    assert deadline.remaining() == 5
    clock.now += 3
    assert deadline.remaining() == 2
    clock.now += 3
    assert deadline.remaining() == 0


def test_a_fraction_is_a_share_of_the_time_left(clock: Clock) -> None:
    deadline = Deadline(10)
    clock.now += 2
    assert deadline.fraction(0.5).remaining() == 4
    assert deadline.remaining() == 8


def test_a_fraction_has_at_most_its_longest_time(clock: Clock) -> None:
    deadline = Deadline(10)
    assert deadline.fraction(0.5, most=1.5).remaining() == 1.5
    assert deadline.fraction(0.1, most=1.5).remaining() == 1


def test_a_fraction_of_a_passed_deadline_has_no_time_left(clock: Clock) -> None:
    deadline = Deadline(1)
    clock.now += 2
    assert deadline.fraction(0.5, most=3).remaining() == 0


@pytest.mark.parametrize("allowed", [True, False])
def test_a_fraction_allows_upstream_calls_as_its_deadline_does(allowed: bool) -> None:
    assert Deadline(5, allow_upstream=allowed).fraction(0.5).allow_upstream is allowed
    assert Deadline(5).allow_upstream
