"""Whether a provider may be called now: it works, it has calls left for us, and there are not
too many on their way to it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import datetime
from math import ceil

from weather.breaker import Breaker
from weather.budget import Budget
from weather.deadline import Deadline
from weather.errors import NotAsked
from weather.store import Store

# Open-Meteo serves one call at a time for an address, and refuses past a short queue.
_SEATS = 2
_LEASE = 15.0  # seconds; no call takes longer
_ROUND = (0.005, 0.02)  # seconds between looks for a free seat


class Gate:
    """One for each provider; the seats are shared by all processes on the same store."""

    def __init__(
        self, provider: str, budget: Budget, store: Store, now: Callable[[], datetime]
    ) -> None:
        self.breaker = Breaker(clock=lambda: now().timestamp())
        self.budget = budget
        self._provider = provider
        self._store = store
        self._here = threading.BoundedSemaphore(_SEATS)  # those of this process

    def enter(self, deadline: Deadline) -> str:
        """The name of a free seat, within half the time: a call that is made too late for its
        answer would be a failure of the provider. Raises `NotAsked`."""
        if not deadline.calls:
            raise NotAsked("Nobody has asked for this lately, and crawlers get what is known.")
        if not self.breaker.allows():
            raise NotAsked(f"{self._provider} is out of order.", ceil(self.breaker.wait()) or 1)
        patience = deadline.part(0.5)
        if self._here.acquire(timeout=patience.remaining()):
            while True:
                for number in range(_SEATS):
                    seat = f"seat {number} of {self._provider}"
                    if self._store.hold(seat, _LEASE):
                        return seat
                if not patience.remaining():
                    self._here.release()
                    break
                time.sleep(random.uniform(*_ROUND))  # noqa: S311
        raise NotAsked(f"Too many wait for {self._provider}.", 2)

    def leave(self, seat: str) -> None:
        self._store.release(seat)
        self._here.release()
