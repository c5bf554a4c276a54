"""Load, and faults that come and go. The long form is `python -m benchmarks.soak`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.clock import Clock
from benchmarks.soak import Soak
from benchmarks.verdict import Verdict, latitude
from simulator import Upstreams
from tests.faults.conftest import watched
from tests.faults.visitors import slack


def test_a_short_soak(environment: dict[str, str], upstreams: Upstreams, tmp_path: Path) -> None:
    clock = upstreams.now = Clock(tmp_path / "ahead")
    shifted = ("-m", "tests.faults.shifted", str(clock.file))
    with watched(tmp_path / "log", environment, *shifted) as service:
        soak = Soak(service.url, upstreams, clock, places=20)
        told = soak.run(25, service.process.pid)
    verdict = told.verdict
    assert len(verdict.seconds) > 200
    assert verdict.wrong == []
    assert verdict.failed == {}, "every place has been seen"
    assert verdict.stale, "the faults were felt"
    assert verdict.second
    assert verdict.broken <= told.fair_breaks
    assert verdict.slowest < 5 + slack()
    assert told.calls <= told.fair_calls


def answer(**provenance: Any) -> dict[str, Any]:
    """Of the first place, as far as it is judged."""
    return {
        "place": {"latitude": latitude(0)},
        "current": {"temperature": 20.0},
        "hourly": [{"valid_at": f"hour {each}", "temperature": 20.0 + each} for each in range(48)],
        "provenance": {"provider": "open-meteo", "stale": False, "age": 60, **provenance},
    }


def judged(*bodies: bytes) -> Verdict:
    verdict = Verdict()
    for body in bodies:
        verdict.add(0, 200, body, 0.1)
    return verdict


def test_right_answers_are_not_called_wrong() -> None:
    stale, second = answer(stale=True, age=86_400), answer(provider="met-norway", age=9000)
    second["hourly"][3]["temperature"] += 1
    verdict = judged(*(json.dumps(each).encode() for each in (answer(), stale, second)))
    assert (verdict.wrong, verdict.stale, verdict.second) == ([], 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": {"latitude": latitude(1)}},
        {"current": {"temperature": None}},
        {"hourly": answer()["hourly"][:20]},
        {"hourly": [*answer()["hourly"][1:], {"valid_at": "hour 0", "temperature": 20.1}]},
        answer(age=6000),
        {"hourly": None},
    ],
    ids=["another place", "no value", "cut off", "another's hour", "old, unmarked", "nothing"],
)
def test_wrong_answers_are(wrong: dict[str, Any]) -> None:
    assert judged(*(json.dumps(each).encode() for each in (answer(), answer() | wrong))).wrong
    assert judged(json.dumps(answer()).encode(), b"<html>").wrong
