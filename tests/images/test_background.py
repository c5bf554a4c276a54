"""Jobs in the background."""

from __future__ import annotations

from threading import Event

import pytest

from tests.images.background import Background


def test_a_job_runs_once() -> None:
    done: list[str] = []
    background = Background({"a": lambda: done.append("a"), "b": lambda: done.append("b")})
    background.start({"a", "b"})
    background.start({"a", "b"})
    background.wait("b")
    background.wait("a")
    assert done == ["a", "b"]


def test_a_job_that_was_not_started_starts_when_it_is_waited_for() -> None:
    done: list[str] = []
    Background({"a": lambda: done.append("a")}).wait("a")
    assert done == ["a"]


def test_the_start_does_not_wait_and_lanes_run_at_the_same_time() -> None:
    may_end = Event()

    def wait() -> None:
        if not may_end.wait(60):
            raise TimeoutError

    background = Background({"slow": wait}, {"fast": may_end.set})
    background.start({"slow", "fast"})
    background.wait("slow")


def test_a_failure_is_raised_where_the_job_is_waited_for() -> None:
    def fail() -> None:
        raise RuntimeError("it does not build")

    background = Background({"a": fail})
    background.start({"a"})
    with pytest.raises(RuntimeError, match="does not build"):
        background.wait("a")


def test_a_failure_stops_no_other_job() -> None:
    def fail() -> None:
        raise RuntimeError("no compiler")

    done: list[str] = []
    background = Background({"a": fail, "b": lambda: done.append("b")})
    background.start({"a", "b"})
    background.wait("b")
    assert done == ["b"]
