"""Warm speed and latency of every representation, as ratios to a Flask route that returns a
constant, under the same gunicorn in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from ipaddress import ip_address
from itertools import cycle, islice, product
from statistics import median

from benchmarks import load, replay, visitors
from benchmarks.load import Load, Target
from benchmarks.services import cpu, running
from simulator import Upstreams
from weather.atlas.ip import IPTable
from weather.core.measurement_systems import is_country_of_twelve_hours, local_units_of

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
_ROUNDS = 3
_PLACES = 1000
# Seconds of a round over many places. Without the picture: 1,000 are more than are cached.
_STEADY_SECONDS = {"JSON": 4, "text": 4, "page": 4, "one line": 4, "j1": 4}
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
_RARE = 0.01  # of all visitors

Pairs = dict[str, list[tuple[Load, Load]]]
"""By target the loads of each round: of `_HELLO` and its own."""


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
        # With the air: a response with a part that was just fetched lives two seconds.
        all_parts = (f"/{place}?format=json&days=1" for place in ("Paris", *places))
        visitors.check(visitors.visit_each(url, all_parts))
        base = Target(hello, process=hello_process)

        def targets(script: Callable[[str], str]) -> dict[str, Target]:
            return {_HELLO: base} | {
                name: Target(url + path.format("Paris"), script(path), process)
                for name, path in TARGETS.items()
            }

        once = _pairs(load.rounds(targets(lambda path: ""), _ROUNDS))
        yield from _table("one place, the same visitor again and again", once, AIMS)
        many = _pairs(load.rounds(targets(lambda path: script(path, ["Paris"])), _ROUNDS))
        yield from _table("one place, every request from another address", many, AIMS)
        yield from _wide(targets(lambda path: script(path, places)), url, places)


def _pairs(rounds: Sequence[dict[str, Load]]) -> Pairs:
    return {name: [(loads[_HELLO], loads[name]) for loads in rounds] for name in rounds[0]}


def _wide(targets: dict[str, Target], url: str, places: Sequence[str]) -> Iterator[str]:
    """The steady state of many places, after each kind of visitor has visited each place, and what
    such a first visit costs. Responses then expire or give way to others as they always do."""
    pairs: Pairs = {_HELLO: []}
    first: dict[str, float] = {}
    for name, seconds in _STEADY_SECONDS.items():
        first[name] = _visit_all(name, targets[name], url, places)
        steady = replace(targets[name], seconds=seconds)
        rounds = load.rounds({_HELLO: targets[_HELLO], name: steady}, _ROUNDS)
        hello, own = (load.total([loads[each] for loads in rounds]) for each in (_HELLO, name))
        pairs[_HELLO].append((hello, hello))
        pairs[name] = [(hello, own)]
    title = f"{_PLACES:,} places at random, every request from another address, all visited before"
    yield from _table(title, pairs, WIDE_AIMS)
    base = median(own.cpu for _, own in pairs[_HELLO])
    title = f"the first visit of each of {_PLACES:,} places by each kind of visitor"
    yield f"\n| {title} | CPU, ms | ratio |"
    yield "|---|---:|---:|"
    for name, cost in first.items():
        yield f"| {name} | {cost:.2f} | {cost / base:.1f} |"


def _visit_all(name: str, target: Target, url: str, places: Sequence[str]) -> float:
    """The milliseconds of CPU of each visit."""
    kinds = _kinds_of_visitors()
    paths = [TARGETS[name].format(place) for _ in kinds for place in places]
    addresses = [address for kind in kinds for address in islice(cycle(kind), len(places))]
    before = cpu(target.process or 0)
    visitors.check(visitors.visit_each(url, paths, addresses=addresses))
    return (cpu(target.process or 0) - before) * 1000 / len(paths)


@cache
def _kinds_of_visitors() -> list[list[str]]:
    """The addresses of `_VISITORS` by what their country decides, without rare kinds."""
    table = IPTable()
    kinds: dict[Hashable, list[str]] = {}
    for last, middle in product(range(200), repeat=2):
        address = f"81.{middle}.{last}.160"
        place = table.locate(ip_address(address))
        country = place.country_code if place else None
        kind = local_units_of(country), is_country_of_twelve_hours(country)
        kinds.setdefault(kind, []).append(address)
    visits = sum(map(len, kinds.values()))
    return [addresses for addresses in kinds.values() if len(addresses) > _RARE * visits]


def script(path: str, places: Sequence[str]) -> str:
    """wrk's, for requests of a path with one of the places at random."""
    return _VISITORS % (",".join(f'"{place}"' for place in places), path)


def _table(title: str, pairs: Pairs, aims: dict[str, float]) -> Iterator[str]:
    """Figures are medians of the rounds; ratios are medians of the rounds' ratios."""
    columns = ("requests/s", "ratio", "aim", "CPU, ms", "ratio", "p50, ms", "p99, ms", "ratio")
    yield f"\n| warm: {title} | {' | '.join(columns)} | aim |"
    yield "|---|" + "---:|" * (len(columns) + 1)
    for name, loads in pairs.items():
        rate, rate_ratio = _figures(loads, lambda load: load.rate)
        p99, p99_ratio = _figures(loads, lambda load: load.p99)
        cpu, cpu_ratio = _figures(loads, lambda load: load.cpu)
        p50, _ = _figures(loads, lambda load: load.p50)
        aim = f"≥ {aims[name]}" if name in aims else ""
        p99_aim = f"≤ {_P99_AIM}" if name != _HELLO else ""
        yield (
            f"| {name} | {rate:,.0f} | {rate_ratio:.2f} | {aim} | {cpu:.2f} | {cpu_ratio:.2f} "
            f"| {p50:.1f} | {p99:.1f} | {p99_ratio:.2f} | {p99_aim} |"
        )


def _figures(
    loads: Sequence[tuple[Load, Load]], value: Callable[[Load], float]
) -> tuple[float, float]:
    """A value and its ratio to that of `_HELLO` in the same round."""
    ratios = (value(own) / (value(hello) or 1) for hello, own in loads)
    return median(value(own) for _, own in loads), median(ratios)


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
