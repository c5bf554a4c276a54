"""Visitors of the service: one, many at once, or some again and again."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

PROGRAM = {"User-Agent": "thing/1", "Accept": "application/json"}


def slack() -> float:
    """Seconds that this machine may add to any duration: two, and two more for every process
    that waits for each core (proc(5)). The number of the moment counts too, since the average
    of a minute follows slowly."""
    running = int(Path("/proc/loadavg").read_text().split()[3].split("/")[0])
    return 2 + 2 * max(os.getloadavg()[0], running) / (os.cpu_count() or 1)


@dataclass(frozen=True)
class Visit:
    status: int  # 0: the connection broke
    seconds: float
    body: str = ""
    cache_status: str = ""


def visit(url: str, timeout: float = 60) -> Visit:
    """A request with `strict=1`, which a search for places has not. Its `timeout` in seconds is
    far above the service's deadline."""
    start = time.monotonic()
    params = {} if "/api/v1/places" in url else {"strict": "1"}
    try:
        response = requests.get(url, params=params, headers=PROGRAM, timeout=timeout)
    except requests.RequestException as error:
        return Visit(0, time.monotonic() - start, repr(error))
    cache_status = response.headers.get("Cache-Status", "")
    return Visit(response.status_code, time.monotonic() - start, response.text, cache_status)


def visit_at_once(urls: Iterable[str]) -> list[Visit]:
    """One visitor for every URL, all at the same moment."""
    targets = list(urls)
    barrier = threading.Barrier(len(targets))
    visits: list[Visit] = []

    def visitor(url: str) -> None:
        barrier.wait()
        visits.append(visit(url))

    threads = [threading.Thread(target=visitor, args=(url,)) for url in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return visits


@dataclass
class Load:
    """The visits so far."""

    visits: list[Visit] = field(default_factory=list)

    def statuses(self) -> Counter[int]:
        return Counter(visit.status for visit in self.visits)


@contextmanager
def steady_load(next_url: Callable[[], str], visitors: int = 8) -> Iterator[Load]:
    """Visitors who send one request after the other until the end of the block."""
    load, end = Load(), threading.Event()

    def visitor() -> None:
        while not end.is_set():
            load.visits.append(visit(next_url()))

    threads = [threading.Thread(target=visitor) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        end.set()
        for thread in threads:
            thread.join()
