"""Load under changing faults. The long form is `python -m benchmarks.soak`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.clock import Clock
from benchmarks.soak import Soak
from benchmarks.verdict import Verdict, latitude
from simulator import Upstreams
from tests.faults.conftest import serve_cleanly
from tests.faults.visitors import slack


def test_a_short_soak(environment: dict[str, str], upstreams: Upstreams, tmp_path: Path) -> None:
    clock = upstreams.now = Clock(tmp_path / "ahead")
    shifted = ("-m", "tests.faults.shifted", str(clock.file))
    with serve_cleanly(tmp_path / "log", environment, *shifted) as service:
        soak = Soak(service.url, upstreams, clock, places=20)
        result = soak.run(25, service.process.pid, visits=201)
    verdict = result.verdict
    assert len(verdict.seconds) > 200
    assert verdict.wrong == []
    assert verdict.failed == {}, "every place is cached"
    assert verdict.stale, "the faults had an effect"
    assert verdict.second, "the second provider was used"
    assert verdict.broken <= result.max_broken
    assert verdict.slowest < 5 + slack()
    assert result.calls <= result.max_calls


def response(**provenance: Any) -> dict[str, Any]:
    """A correct response for the first place: the fields that a verdict reads."""
    return {
        "place": {"latitude": latitude(0)},
        "current": {"temperature": 20.0},
        "hourly": [{"valid_at": f"hour {n}", "temperature": 20.0 + n} for n in range(48)],
        "provenance": {"provider": "open-meteo", "stale": False, "age": 60, **provenance},
    }


def verdict_on(*bodies: bytes) -> Verdict:
    verdict = Verdict()
    for body in bodies:
        verdict.add(0, 200, body, 0.1)
    return verdict


def test_a_correct_response_is_accepted() -> None:
    stale, second = response(stale=True, age=86_400), response(provider="met-norway", age=9000)
    second["hourly"][3]["temperature"] += 1
    verdict = verdict_on(*(json.dumps(body).encode() for body in (response(), stale, second)))
    assert (verdict.wrong, verdict.stale, verdict.second) == ([], 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": {"latitude": latitude(1)}},
        {"current": {"temperature": None}},
        {"hourly": response()["hourly"][:20]},
        {"hourly": [*response()["hourly"][1:], {"valid_at": "hour 0", "temperature": 20.1}]},
        response(age=6000),
        {"hourly": None},
    ],
    ids=["another place", "no value", "cut off", "another value", "stale and unmarked", "no hours"],
)
def test_a_wrong_response_is_rejected(wrong: dict[str, Any]) -> None:
    bodies = response(), response() | wrong
    assert verdict_on(*(json.dumps(body).encode() for body in bodies)).wrong
    assert verdict_on(json.dumps(response()).encode(), b"<html>").wrong
