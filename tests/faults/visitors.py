"""Visitors who come together, or one after the other for as long as something lasts."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests

PROGRAM = {"User-Agent": "thing/1", "Accept": "application/json"}


def slack() -> float:
    """Seconds that this machine takes besides: one, and more while it has more to do than it
    has cores."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@dataclass(frozen=True)
class Visit:
    status: int  # 0: the connection broke
    seconds: float
    body: str = ""
    cache_status: str = ""


def visit(url: str, timeout: float = 15) -> Visit:
    began = time.monotonic()
    try:
        answer = requests.get(url, params={"strict": "1"}, headers=PROGRAM, timeout=timeout)
    except requests.RequestException as error:
        return Visit(0, time.monotonic() - began, repr(error))
    told = answer.headers.get("Cache-Status", "")
    return Visit(answer.status_code, time.monotonic() - began, answer.text, told)


def together(urls: Iterable[str]) -> list[Visit]:
    """All at once."""
    wanted = list(urls)
    gate = threading.Barrier(len(wanted))
    visits: list[Visit] = []

    def come(url: str) -> None:
        gate.wait()
        visits.append(visit(url))

    threads = [threading.Thread(target=come, args=(url,)) for url in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return visits


@dataclass
class Crowd:
    visits: list[Visit] = field(default_factory=list)

    def statuses(self) -> Counter[int]:
        return Counter(each.status for each in self.visits)


@contextmanager
def coming(next_url: Callable[[], str], visitors: int = 8) -> Iterator[Crowd]:
    """Visitors who come again and again until the end of the block."""
    crowd, gone = Crowd(), threading.Event()

    def come() -> None:
        while not gone.is_set():
            crowd.visits.append(visit(next_url()))

    threads = [threading.Thread(target=come) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    try:
        yield crowd
    finally:
        gone.set()
        for thread in threads:
            thread.join()
