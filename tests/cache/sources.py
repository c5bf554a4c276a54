"""What the tests of the cache fetch from."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.conftest import until
from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.policy import Policy
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates

PLACE = Coordinates(1, 2)
ANOTHER = Coordinates(3, 4)
ANY: Policy[Any] = Policy(usable=bool)


class Source:
    """Returns or raises its values in turn, the last one again and again, and counts."""

    def __init__(self, cache: Cache, *values: Coordinates | Exception) -> None:
        self.cache = cache
        self.values = list(values)
        self.calls = 0
        self.given: list[Entry[Coordinates] | None] = []

    def __call__(
        self, expired: Entry[Coordinates] | None, deadline: Deadline
    ) -> Entry[Coordinates]:
        self.given.append(expired)
        value = self.values[min(self.calls, len(self.values) - 1)]
        self.calls += 1
        if isinstance(value, Exception):
            raise value
        return self.cache.new_entry(value, timedelta(minutes=15))


class HeldSource(Source):
    """Announces its call, and returns once it is released."""

    def __init__(self, cache: Cache, *values: Coordinates | Exception) -> None:
        super().__init__(cache, *values)
        self.started, self.released = threading.Event(), threading.Event()

    def __call__(
        self, expired: Entry[Coordinates] | None, deadline: Deadline
    ) -> Entry[Coordinates]:
        self.started.set()
        assert self.released.wait(5)
        return super().__call__(expired, deadline)


class _Arrival(Deadline):
    """Announces its first use, which is when its owner begins to fetch or to wait."""

    def __init__(self, seconds: float, arrived: threading.Semaphore) -> None:
        super().__init__(seconds)
        self._arrived: threading.Semaphore | None = arrived

    def remaining(self) -> float:
        if self._arrived:
            self._arrived.release()
            self._arrived = None
        return super().remaining()


def visit_together(count: int, visit: Callable[[Deadline], Any], source: HeldSource) -> list[Any]:
    """All visit while the first fetches; their results or errors."""
    results: list[Any] = []
    arrived = threading.Semaphore(0)

    def visitor() -> None:
        try:
            results.append(visit(_Arrival(5, arrived)))
        except UpstreamError as error:
            results.append(error)

    threads = [threading.Thread(target=visitor) for _ in range(count)]
    for thread in threads:
        thread.start()
    for _ in range(count):
        assert arrived.acquire(timeout=5)
    source.released.set()
    for thread in threads:
        thread.join()
    return results


def wait_for_value(
    visit: Callable[[], Entry[Coordinates]], value: Coordinates
) -> Entry[Coordinates]:
    """The entry once it has this value."""
    until(lambda: visit().value == value)
    return visit()
