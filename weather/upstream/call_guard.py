"""Whether a provider may be called now: it works, it has calls left for us, and there are not
too many on their way to it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import datetime
from math import ceil

from weather.core.circuit_breaker import CircuitBreaker
from weather.core.deadline import Deadline
from weather.core.errors import CallSkipped
from weather.stores.base import Store
from weather.stores.fault_tolerant import fault_tolerant
from weather.upstream.quota import Quota

# Open-Meteo serves one call at a time for an address, and refuses past a short queue.
_SLOTS = 2
_LEASE = 15.0  # seconds; no call takes longer
_ROUND = (0.005, 0.02)  # seconds between looks for a free slot


class CallGuard:
    """One for each provider; the slots are shared by all processes on the same store."""

    def __init__(
        self, provider: str, quota: Quota, store: Store, now: Callable[[], datetime]
    ) -> None:
        self.breaker = CircuitBreaker(clock=lambda: now().timestamp())
        self.quota = quota
        self._provider = provider
        self._store = fault_tolerant(store)
        self._here = threading.BoundedSemaphore(_SLOTS)  # those of this process

    def acquire(self, deadline: Deadline) -> str:
        """The name of a free slot, within half the time: a call that is made too late for its
        answer would be a failure of the provider. Raises `NotAsked`."""
        if not deadline.allow_upstream:
            raise CallSkipped("Nobody has asked for this lately, and crawlers get what is known.")
        if not self.breaker.allows():
            raise CallSkipped(f"{self._provider} is out of order.", ceil(self.breaker.wait()) or 1)
        patience = deadline.fraction(0.5)
        if self._here.acquire(timeout=patience.remaining()):
            slot = None
            try:
                slot = self._shared_slot(patience)
            finally:
                if slot is None:
                    self._here.release()
            if slot:
                return slot
        raise CallSkipped(f"Too many wait for {self._provider}.", 2)

    def _shared_slot(self, patience: Deadline) -> str | None:
        """The name of a slot that no other process holds; None if there is none in time."""
        while True:
            for number in range(_SLOTS):
                slot = f"slot {number} of {self._provider}"
                if self._store.acquire(slot, _LEASE):
                    return slot
            if not patience.remaining():
                return None
            time.sleep(random.uniform(*_ROUND))  # noqa: S311

    def release(self, slot: str) -> None:
        self._store.release(slot)
        self._here.release()
