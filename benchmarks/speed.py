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
    "j1": "/{}?format=j1",
    "picture": "/{}.png",
}
# Ratios to Flask's hello: requests a second at least, and of the latency's 99th percentile at most.
AIMS = {"JSON": 0.95, "text": 0.95, "page": 0.85}
WIDE_AIMS = {"JSON": 0.35, "text": 0.35, "page": 0.15, "one line": 0.5}
_P99_AIM = 3
_PLACES = 1000
# Another address for every request, and a place at random.
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
        running("-m", "benchmarks.hello") as (hello, hello_process),
        running(
            "app.py", **providers, CACHE_URL=folder, OPEN_METEO_BUDGET="", TRUSTED_PROXIES="1"
        ) as (url, process),
    ):
        places = [visitors.place(number) for number in range(_PLACES)]
        visitors.check(visitors.visit_each(url, (f"/{place}?0" for place in ("Paris", *places))))
        base = Target(hello, process=hello_process)

        def targets(script: Callable[[str], str]) -> dict[str, Target]:
            return {_HELLO: base} | {
                name: Target(url + path.format("Paris"), script(path), process)
                for name, path in TARGETS.items()
            }

        once = targets(lambda path: "")
        yield from _table("one place, the same visitor again and again", once, AIMS)
        many = targets(lambda path: _script(path, ["Paris"]))
        yield from _table("one place, every request from another address", many, AIMS)
        wide = targets(lambda path: _script(path, places))
        title = f"{_PLACES:,} places at random, every request from another address"
        yield from _table(title, wide, WIDE_AIMS)


def _script(path: str, places: Sequence[str]) -> str:
    return _VISITORS % (",".join(f'"{place}"' for place in places), path)


def _table(title: str, targets: dict[str, Target], aims: dict[str, float]) -> Iterator[str]:
    """Figures are medians of the rounds; ratios are medians of the rounds' ratios."""
    rounds = load.rounds(targets)
    columns = ("requests/s", "ratio", "aim", "CPU, ms", "p50, ms", "p99, ms", "ratio", "aim")
    yield f"\n| warm: {title} | {' | '.join(columns)} |"
    yield "|---|" + "---:|" * len(columns)
    for name in targets:
        rate, rate_ratio = _figures(rounds, name, lambda load: load.rate)
        p99, p99_ratio = _figures(rounds, name, lambda load: load.p99)
        cpu, _ = _figures(rounds, name, lambda load: load.cpu)
        p50, _ = _figures(rounds, name, lambda load: load.p50)
        aim = f"≥ {aims[name]}" if name in aims else ""
        p99_aim = f"≤ {_P99_AIM}" if name != _HELLO else ""
        yield (
            f"| {name} | {rate:,.0f} | {rate_ratio:.2f} | {aim} | {cpu:.2f} | {p50:.1f} "
            f"| {p99:.1f} | {p99_ratio:.2f} | {p99_aim} |"
        )


def _figures(
    rounds: Sequence[dict[str, Load]], name: str, value: Callable[[Load], float]
) -> tuple[float, float]:
    """A value and its ratio to that of `_HELLO`."""
    ratios = (value(loads[name]) / (value(loads[_HELLO]) or 1) for loads in rounds)
    return median(value(loads[name]) for loads in rounds), median(ratios)


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
