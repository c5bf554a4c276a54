"""The CPU of all server processes for a place that is requested for the first time: the calls to
its providers, parsing, storing, composing, rendering and sending.

    python -m benchmarks.cold [--places 300]

The providers' CPU is not counted. A round is a third of the places, in each of the views.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from statistics import median

from benchmarks import replay, visitors
from benchmarks.services import cpu, running
from simulator import Upstreams

_ROUNDS = 3
_WARM_UP = 20  # places, whose requests import and compile what the first ones need
_AIM = 12  # milliseconds
VIEWS = {
    "one line": "format=3",
    "JSON": "format=json",
    "text": "format=text",
    "page": "format=html",
}
_UNLIMITED = {"OPEN_METEO_BUDGET": "", "RATE_LIMIT": "0", "TRUSTED_PROXIES": "1"}


def report(places: int) -> Iterator[str]:
    """Lines of a Markdown table."""
    yield f"\n| a place's first request | CPU, ms | least of {_ROUNDS} rounds | aim |"
    yield "|---|---:|---:|---:|"
    with (
        Upstreams() as upstreams,
        replay.replaying(upstreams) as providers,
        running("app.py", CACHE_URL="memory", **providers, **_UNLIMITED) as (url, master),
    ):
        first = 0
        for view, query in VIEWS.items():
            _visit(url, query, range(first, first + _WARM_UP))
            first += _WARM_UP
            costs = []
            for _ in range(_ROUNDS):
                numbers = range(first, first + max(places // _ROUNDS, 1))
                first = numbers.stop
                costs.append(cpu_of_visits(url, master, query, numbers))
            yield f"| {view} | {median(costs):.1f} | {min(costs):.1f} | ≤ {_AIM} |"


def cpu_of_visits(url: str, master: int, query: str, numbers: range) -> float:
    """Milliseconds a place, of the places of these numbers. Raises `RuntimeError` if a response is
    missing."""
    before = cpu(master)
    _visit(url, query, numbers)
    return (cpu(master) - before) * 1000 / len(numbers)


def _visit(url: str, query: str, numbers: range) -> None:
    paths = (f"/{visitors.place(number)}?{query}" for number in numbers)
    visitors.check(visitors.visit_each(url, paths, concurrency=4))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cold", description=__doc__)
    parser.add_argument("--places", type=int, default=300)
    for line in report(parser.parse_args().places):
        print(line, flush=True)


if __name__ == "__main__":
    main()
