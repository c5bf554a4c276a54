"""Counts of calls in windows of the clock, over all processes on one store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from weather.stores.fault_tolerant import FaultTolerant
from weather.upstream.limit import Limit

Admits = Callable[[Limit, float], bool]


class CallCounter:
    """Of one `name` in the store, for the windows of some limits."""

    def __init__(self, name: str, limits: Iterable[Limit], store: FaultTolerant) -> None:
        self._name = name
        self._limits = tuple(limits)
        self._store = store

    def add(self, weight: float, now: float, admits: Admits) -> Limit | None:
        """Count a call in each window if `admits` every limit with its new count. The limit that
        it does not, and then nothing stays counted."""
        counted: list[Limit] = []
        for limit in self._limits:
            counted.append(limit)
            if not admits(limit, self._count(limit, weight, now)):
                for counted_limit in counted:
                    self._count(counted_limit, -weight, now)
                return limit
        return None

    def correct(self, amount: float, now: float) -> None:
        """Add to the counts of the present windows, whatever the limits."""
        for limit in self._limits:
            self._count(limit, amount, now)

    def counts(self, now: float) -> Iterator[tuple[Limit, float]]:
        """Each limit, and what is counted in its present window."""
        for limit in self._limits:
            yield limit, self._count(limit, 0.0, now)

    def _count(self, limit: Limit, weight: float, now: float) -> float:
        window = f"{self._name} {limit.seconds} {now // limit.seconds:.0f}"
        return self._store.count(window, weight, limit.seconds)
