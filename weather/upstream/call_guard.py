"""Admits the calls to a provider: its circuit breaker is closed, its quota is not spent, and few
calls are in flight."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import datetime
from math import ceil

from weather.core.deadline import Deadline
from weather.core.errors import CallSkipped
from weather.stores.base import Store
from weather.stores.fault_tolerant import fault_tolerant
from weather.upstream.quota import Quota
from weather.upstream.shared_breaker import SharedBreaker

# Open-Meteo serves one call of an IP address at a time and refuses those beyond a short queue.
_SLOTS = 2
_LEASE = 15.0  # seconds; no call takes longer
_POLL = (0.005, 0.02)  # seconds between attempts to acquire a slot


class CallGuard:
    """The guard of one provider. Processes on the same store that call the same `host` share
    its slots, and those with the same `breaker`, by default that of the host, its circuit
    breaker."""

    def __init__(
        self,
        provider: str,
        quota: Quota,
        store: Store,
        now: Callable[[], datetime],
        *,
        host: str = "",
        breaker: str = "",
    ) -> None:
        self.quota = quota
        self._provider = provider
        self._slots = [f"slot {number} of {provider} {host}" for number in range(_SLOTS)]
        self._store = fault_tolerant(store)
        self.breaker = SharedBreaker(
            breaker or f"{provider} {host}", self._store, lambda: now().timestamp()
        )
        self._local_slots = threading.BoundedSemaphore(_SLOTS)

    def acquire(self, deadline: Deadline) -> str:
        """Acquire a slot using at most half the deadline, as a call that starts too late would
        count as a failure of the provider. Returns the slot's name. Raises `CallSkipped`."""
        if not deadline.allow_upstream:
            message = "Crawlers get only what is in the cache, and this is not."
            raise CallSkipped(message, reason="crawler")
        if not self.breaker.allows():
            message = f"{self._provider} is out of order."
            raise CallSkipped(message, ceil(self.breaker.wait()) or 1, "breaker")
        wait_deadline = deadline.fraction(0.5)
        if self._local_slots.acquire(timeout=wait_deadline.remaining()):
            slot = None
            try:
                slot = self._shared_slot(wait_deadline)
            finally:
                if slot is None:
                    self._local_slots.release()
            if slot:
                return slot
        raise CallSkipped(f"Too many calls wait for {self._provider}.", 2, "slots")

    def _shared_slot(self, wait_deadline: Deadline) -> str | None:
        """The name of a slot that no other process holds; None if none is free in time."""
        while True:
            for slot in self._slots:
                if self._store.acquire(slot, _LEASE):
                    return slot
            if not wait_deadline.remaining():
                return None
            time.sleep(random.uniform(*_POLL))  # noqa: S311

    def release(self, slot: str) -> None:
        self._store.release(slot)
        self._local_slots.release()
