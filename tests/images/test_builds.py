"""Builds in the background."""

from __future__ import annotations

from threading import Event

import pytest

from tests.images.builds import Builds
from tests.images.engine import LEVELS


def test_a_level_is_built_once() -> None:
    built: list[str] = []
    builds = Builds(built.append)
    builds.start(LEVELS)
    builds.start(LEVELS)
    for level in LEVELS:
        builds.wait(level)
    assert sorted(built) == sorted(LEVELS)


def test_the_start_does_not_wait() -> None:
    may_end = Event()

    def build(level: str) -> None:
        if not may_end.wait(60):
            raise TimeoutError(level)

    builds = Builds(build)
    builds.start({"magic"})
    may_end.set()
    builds.wait("magic")


def test_a_failed_build_is_raised_where_the_level_is_used() -> None:
    def fail(level: str) -> None:
        raise RuntimeError(f"{level} does not build")

    builds = Builds(fail)
    with pytest.raises(RuntimeError, match="rare does not build"):
        builds.wait("rare")


def test_a_failed_build_stops_no_other() -> None:
    def build(level: str) -> None:
        if level == "legendary":
            raise RuntimeError("no compiler")

    builds = Builds(build)
    builds.start(LEVELS)
    builds.wait("epic")
    builds.wait("rare")
