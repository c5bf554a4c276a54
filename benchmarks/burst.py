"""A cold burst: the upstream calls for many simultaneous first visitors of one place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks import visitors
from benchmarks.services import running
from simulator import Upstreams, faults
from tests.redis_server import RedisServer

_VISITORS = 200
_LATENCY = 0.2  # seconds until a provider responds
_PLACES = 5


def report() -> Iterator[str]:
    """Lines of a Markdown table: the worst of several bursts."""
    yield (
        f"\n| {_VISITORS} first visitors of a place at once | forecast calls (aim: 1) "
        f"| air quality calls | first answer, s | last answer, s |\n|---|{'---:|' * 4}"
    )
    with Upstreams() as upstreams, tempfile.TemporaryDirectory() as folder:
        yield _row("2 workers, one folder", [folder], upstreams)
        several = "2 replicas of 2 workers, one Redis"
        if shutil.which("redis-server"):
            with RedisServer() as redis:
                yield _row(several, [redis.url] * 2, upstreams)
        else:
            yield f"| {several} | not measured: redis-server is missing | | | |"
    yield f"\nOf each answer's time {_LATENCY} s are the provider's."


def _row(name: str, caches: list[str], upstreams: Upstreams) -> str:
    """One row, for as many replicas as there are `caches`."""
    with ExitStack() as stack:
        services = [
            running("app.py", **upstreams.environment(), CACHE_URL=cache) for cache in caches
        ]
        urls = [stack.enter_context(service)[0] for service in services]
        upstreams.fail("*", faults.latency(_LATENCY))
        bursts = [_burst(urls, place, upstreams) for place in range(_PLACES)]
        upstreams.heal()
    forecasts, airs, firsts, lasts = (max(column) for column in zip(*bursts, strict=True))
    return f"| {name} | {forecasts} | {airs} | {firsts:.2f} | {lasts:.2f} |"


def _burst(urls: list[str], place: int, upstreams: Upstreams) -> tuple[int, int, float, float]:
    """Calls for forecasts and for air quality, seconds to the first and to the last response."""
    upstreams.reset()
    same = [f"{url}/{visitors.place(place)}?format=json" for url in urls]
    visits = visitors.visit_at_once(same * (_VISITORS // len(urls)))
    visitors.check(status for status, _ in visits)
    seconds = [duration for _, duration in visits]
    forecasts = len(upstreams.calls("open-meteo")) + len(upstreams.calls("met-norway"))
    return forecasts, len(upstreams.calls("air-quality")), min(seconds), max(seconds)


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
