"""Load, and faults that come and go. The long form is `python -m benchmarks soak`."""

from __future__ import annotations

from benchmarks import soak
from tests.processes import Service
from tests.upstreams import Upstreams


def test_a_short_soak(service: Service, upstreams: Upstreams) -> None:
    told = soak.run(service.url, upstreams, seconds=20, places=20)
    assert told.visits > 200
    assert told.wrong == []
    assert told.failed == {}, "every place has been seen"
    assert told.slowest < 5 + 1
    assert told.calls <= told.fair_calls
