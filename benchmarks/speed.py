"""Warm speed and latency of every representation, as ratios to a Flask route that returns a
constant, under the same gunicorn in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from benchmarks import load, replay, visitors
from benchmarks.load import Load, Target
from benchmarks.services import running
from simulator import Upstreams

_HELLO = "Flask's hello"
TARGETS = {
    "JSON": "/api/v1/weather?q={}",
    "text": "/{}?format=text",
    "page": "/{}?format=html",
    "one line": "/{}?format=3",
}
AIMS = {"JSON": 0.9, "text": 0.9, "page": 0.8}
_PLACES = 1000
# Another address for every request. Places are drawn at random: of many, few are in the microcache
# or among the decoded forecasts in memory.
_VISITORS = """
local n, places = 0, {%s}
request = function()
  n = n + 1
  local address = "81." .. n %% 200 .. "." .. math.floor(n / 200) %% 200 .. ".160"
  local path = string.gsub("%s", "{}", places[math.random(#places)])
  return wrk.format("GET", path, {["X-Forwarded-For"] = address})
end
"""


def report() -> Iterator[str]:
    """Lines of Markdown tables."""
    if load.missing():
        yield "\nSpeed was not measured: wrk is not installed."
        return
    with (
        Upstreams() as upstreams,
        replay.replaying(upstreams) as providers,
        tempfile.TemporaryDirectory() as folder,
        running("-m", "benchmarks.hello") as (hello, _),
        running(
            "app.py", **providers, CACHE_URL=folder, OPEN_METEO_BUDGET="", TRUSTED_PROXIES="1"
        ) as (url, _),
    ):
        places = [visitors.place(number) for number in range(_PLACES)]
        visitors.check(visitors.visit_each(url, (f"/{place}?0" for place in ("Paris", *places))))
        once = {name: Target(url + path.format("Paris")) for name, path in TARGETS.items()}
        yield from _table("one place, the same visitor again and again", hello, once, AIMS)
        many = {name: Target(url, _script(path, ["Paris"])) for name, path in TARGETS.items()}
        yield from _table("one place, every request from another address", hello, many, AIMS)
        wide = {name: Target(url, _script(path, places)) for name, path in TARGETS.items()}
        yield from _table(f"{_PLACES:,} places, every request from another address", hello, wide)


def _script(path: str, places: Sequence[str]) -> str:
    return _VISITORS % (",".join(f'"{place}"' for place in places), path)


def _table(
    title: str, hello: str, targets: dict[str, Target], aims: dict[str, float] | None = None
) -> Iterator[str]:
    """Figures are medians of the rounds; ratios are medians of the rounds' ratios."""
    rounds = load.rounds({_HELLO: Target(hello), **targets})
    yield f"\n| warm: {title} | requests/s | ratio | aim | p50, ms | ratio | p99, ms | ratio |"
    yield "|---|" + "---:|" * 7
    for name in (_HELLO, *targets):
        rate, p50, p99 = (
            _cells(rounds, name, value, digits)
            for value, digits in (
                (lambda load: load.rate, 0),
                (lambda load: load.p50, 1),
                (lambda load: load.p99, 1),
            )
        )
        aim = f"≥ {aims[name]}" if aims and name in aims else ""
        yield f"| {name} | {rate} | {aim} | {p50} | {p99} |"


def _cells(
    rounds: Sequence[dict[str, Load]], name: str, value: Callable[[Load], float], digits: int
) -> str:
    """A value and its ratio to that of `_HELLO`."""
    ratio = median(value(loads[name]) / value(loads[_HELLO]) for loads in rounds)
    return f"{median(value(loads[name]) for loads in rounds):,.{digits}f} | {ratio:.2f}"


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
