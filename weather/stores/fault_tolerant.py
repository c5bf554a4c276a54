"""A store that never raises, around one that may."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from weather.stores.base import Store
from weather.stores.memory import Memory
from weather.stores.size import Size

log = logging.getLogger(__name__)

T = TypeVar("T")

_ENTRIES, _SIZE = 1000, 10_000_000  # of what this process holds while the store fails
_LOG_INTERVAL = 60.0  # seconds between two lines about a failing store


class FaultTolerant:
    """The store itself; this process's memory for each call in which the store raises.

    A lock that the store cannot give is granted: without the store there is no other process
    to exclude, and every caller limits the threads of its own process itself.
    """

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._memory = Memory(_ENTRIES, _SIZE)
        self._clock = clock
        self._logged_at: float | None = None

    @property
    def is_remote(self) -> bool:
        return bool(getattr(self._store, "is_remote", False))

    def get(self, key: str) -> bytes | None:
        """The bytes; None if there are none, or if the store fails."""
        return self._call(lambda: self._store.get(key), lambda: self._memory.get(key))

    def get_many(self, keys: Sequence[str]) -> Sequence[bytes | None]:
        """As many `get`, in one round trip."""
        return self._call(lambda: self._store.get_many(keys), lambda: self._memory.get_many(keys))

    def set(self, key: str, value: bytes, timeout: int) -> bool:
        """Store the bytes for at most `timeout` seconds. False if the store did not take them."""
        return self._call(
            lambda: self._store.set(key, value, timeout) is not False,
            lambda: self._set_in_memory(key, value, timeout),
        )

    def _set_in_memory(self, key: str, value: bytes, timeout: int) -> bool:
        self._memory.set(key, value, timeout)
        return False

    def acquire(self, name: str, seconds: float) -> bool:
        """Whether the lock was free; True if the store fails."""
        return self._call(lambda: self._store.acquire(name, seconds), lambda: True)

    def release(self, name: str) -> None:
        self._call(lambda: self._store.release(name), lambda: None)

    def count(self, name: str, amount: float, timeout: int) -> float:
        """The count after adding; this process's own if the store fails."""
        return self._call(
            lambda: self._store.count(name, amount, timeout),
            lambda: self._memory.count(name, amount, timeout),
        )

    def size(self) -> Size:
        return self._call(
            self._store.size, lambda: replace(self._memory.size(), is_available=False)
        )

    def _call(self, operation: Callable[[], T], fallback: Callable[[], T]) -> T:
        try:
            return operation()
        except Exception:  # a store may raise anything: a library's errors, the system's
            if self._may_log():
                log.warning("The store fails; memory is used instead", exc_info=True)
            return fallback()

    def _may_log(self) -> bool:
        now = self._clock()
        if self._logged_at is not None and now - self._logged_at < _LOG_INTERVAL:
            return False
        self._logged_at = now
        return True


def fault_tolerant(store: Store) -> FaultTolerant:
    """The store wrapped; itself if it is wrapped already, so that callers share its fallback."""
    return store if isinstance(store, FaultTolerant) else FaultTolerant(store)
