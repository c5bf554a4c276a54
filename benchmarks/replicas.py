"""Replicas behind nginx that share Redis: python -m benchmarks.replicas

Needs Debian's nginx-light, redis-server and wrk. All run on this machine, so that replicas share
its cores with nginx, Redis, the simulated providers and the clients: the throughput shows what they
cost each other, and grows only as far as there are cores.
"""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks import load
from benchmarks.load import Target
from benchmarks.visitors import visit_each
from simulator import Upstreams, faults
from tests.faults.visitors import Load, steady_load, visit, visit_at_once
from tests.redis_server import RedisServer
from tests.replicas import Cluster, cluster

_VISITORS = 150
_PLACES = 8  # that all replicas know
_SECONDS = 5.0  # of load before and after an event
_REPLICAS = (1, 2, 3)


def report() -> Iterator[str]:
    """Lines of Markdown."""
    with Upstreams() as upstreams, tempfile.TemporaryDirectory() as folder, RedisServer() as redis:
        environment = {**upstreams.environment(), "CACHE_URL": redis.url, "RATE_LIMIT": "0"}
        environment["WEB_CONCURRENCY"] = "1"
        yield "\n| three replicas behind nginx, one Redis | requests | failed | forecast calls |"
        yield "|---|---:|---:|---:|"
        with cluster(Path(folder, "faults"), environment) as running:
            yield _burst(running, upstreams)
            yield from _events(running, redis, upstreams)
        yield from _throughput(Path(folder), environment)


def _burst(running: Cluster, upstreams: Upstreams) -> str:
    upstreams.fail("*", faults.latency(0.3))
    visits = visit_at_once(f"{running.url}/48.1,8.1?n={n}" for n in range(_VISITORS))
    upstreams.heal()
    failed = sum(visit.status != 200 for visit in visits)
    calls = len(upstreams.calls("open-meteo"))
    return f"| {_VISITORS} first visitors of a place at once | {len(visits)} | {failed} | {calls} |"


def _events(running: Cluster, redis: RedisServer, upstreams: Upstreams) -> Iterator[str]:
    first = running.replicas[0]

    def roll() -> None:
        for replica in running.replicas:
            replica.stop()
            replica.start()

    events: dict[str, tuple[Callable[[], None], ...]] = {
        "one replica is killed and started again": (first.kill, first.start),
        "all replicas are restarted, one after the other": (roll,),
        "Redis is killed and started again": (redis.kill, redis.start),
    }
    for name, steps in events.items():
        upstreams.reset()
        with steady_load(_urls(running)) as visits:
            time.sleep(_SECONDS)
            for step in steps:
                step()
                time.sleep(_SECONDS)
        yield f"| {name} | {_counts(visits)} | {len(upstreams.calls('open-meteo'))} |"


def _counts(visits: Load) -> str:
    total = len(visits.visits)
    return f"{total} | {total - visits.statuses()[200]}"


def _urls(running: Cluster) -> Callable[[], str]:
    numbers = itertools.count()

    for replica in running.replicas:
        for place in range(_PLACES):
            visit(f"http://127.0.0.1:{replica.port}/{40 + place}.5,8.5")

    def url() -> str:
        number = next(numbers)
        return f"{running.url}/{40 + number % _PLACES}.5,8.5?n={number}"

    return url


def _throughput(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """The rate for several numbers of replicas, as multiples of that of one, in rounds that
    measure all in turn. nginx stores none of the responses."""
    if load.missing():
        yield "\nThe throughput was not measured: wrk is missing."
        return
    with ExitStack() as stack:
        targets = {}
        for number in _REPLICAS:
            one = cluster(folder / f"of-{number}", environment, number, stores=False)
            running = stack.enter_context(one)
            targets[str(number)] = Target(f"{running.url}/", _SCRIPT)
            for replica in running.replicas:
                visit_each(f"http://127.0.0.1:{replica.port}", _paths())
        rounds = load.rounds(targets)
    yield f"\n| replicas of one worker, on {os.cpu_count()} cores | requests a second | ratio |"
    yield "|---:|---:|---:|"
    for name in targets:
        rate = median(each[name].rate for each in rounds)
        ratio = median(each[name].rate / each["1"].rate for each in rounds)
        yield f"| {name} | {rate:.0f} | {ratio:.2f} |"


def _paths() -> Iterator[str]:
    """Of all requests of the script."""
    for number in range(20):
        yield f"/{40 + number % 10}.5,{number}.5?format=json&units=metric"


# Twenty places.
_SCRIPT = """
local n = 0
request = function()
    n = n + 1
    local path = string.format("/%d.5,%d.5?format=json&units=metric", 40 + n % 10, n % 20)
    return wrk.format("GET", path)
end
"""

if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
