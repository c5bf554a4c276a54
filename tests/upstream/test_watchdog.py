"""Calls are aborted at their deadlines, and no others."""

from __future__ import annotations

import threading

import pytest

from tests.conftest import until
from weather.upstream.abortable import AbortableCall
from weather.upstream.watchdog import Watchdog


def test_a_call_is_aborted_at_its_deadline() -> None:
    call = AbortableCall()
    with Watchdog().watching(call, 0.05):
        assert not call.aborted
        until(lambda: call.aborted)


def test_a_call_that_has_ended_is_not_aborted() -> None:
    watchdog, ended, late = Watchdog(), AbortableCall(), AbortableCall()
    with watchdog.watching(late, 0.05):
        with watchdog.watching(ended, 0.01):
            pass
        until(lambda: late.aborted)
    assert not ended.aborted


def test_the_earliest_deadline_counts_whenever_it_is_set() -> None:
    watchdog, calls = Watchdog(), [AbortableCall() for _ in range(3)]
    with watchdog.watching(calls[0], 60), watchdog.watching(calls[1], 0.05):
        until(lambda: calls[1].aborted)
        with watchdog.watching(calls[2], 0.05):
            until(lambda: calls[2].aborted)
    assert not calls[0].aborted


def test_calls_that_end_in_time_do_not_wake_it() -> None:
    watchdog, woken = Watchdog(), list[int]()
    watchdog._abort_late = lambda: woken.append(0)  # type: ignore[method-assign]
    with watchdog.watching(AbortableCall(), 60):
        until(lambda: watchdog._wakes_at < 1e300)
    for _ in range(100):
        with watchdog.watching(AbortableCall(), 60):
            pass
    assert len(woken) == 1


def test_it_has_one_thread_that_ends_with_the_process() -> None:
    watchdog, before = Watchdog(), threading.active_count()
    for _ in range(3):
        with watchdog.watching(AbortableCall(), 60):
            pass
    assert threading.active_count() == before + 1
    assert watchdog._thread is not None
    assert watchdog._thread.daemon


def test_a_thread_that_cannot_be_started_is_started_with_a_later_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    watchdog, call = Watchdog(), AbortableCall()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        assert not watchdog.watches()
        with pytest.raises(RuntimeError), watchdog.watching(call, 60):
            pass
    assert watchdog.watches()
    assert not watchdog._ends
    with watchdog.watching(call, 0.01):
        until(lambda: call.aborted)


def test_a_closed_one_has_no_thread_until_its_next_call() -> None:
    watchdog, before, call = Watchdog(), set(threading.enumerate()), AbortableCall()
    watchdog.close()
    with watchdog.watching(AbortableCall(), 60):
        pass
    watchdog.close()
    assert set(threading.enumerate()) <= before
    with watchdog.watching(call, 0.01):
        until(lambda: call.aborted)
    watchdog.close()
    assert set(threading.enumerate()) <= before
