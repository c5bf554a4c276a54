"""A store in this process's memory."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from cachelib import BaseCache


class Memory(BaseCache):
    """At most so many entries, and so many bytes; the oldest are dropped first."""

    def __init__(self, entries: int = 10_000, size: int = 100_000_000) -> None:
        super().__init__()
        self._entries, self._size = entries, size
        self._used = 0  # bytes
        self._values: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._held: set[str] = set()
        self._guard = threading.RLock()

    def get(self, key: str) -> bytes | None:
        until, value = self._values.get(key, (0.0, b""))
        return value if until > time.monotonic() else None

    def set(self, key: str, value: bytes, timeout: object = 300) -> bool:
        seconds = float(self._normalize_timeout(timeout))  # type: ignore[arg-type]
        with self._guard:
            self._remove(key)
            self._values[key] = (time.monotonic() + seconds, value)
            self._used += len(value)
            while len(self._values) > self._entries or self._used > self._size:
                self._remove(next(iter(self._values)))
        return True

    def delete(self, key: str) -> bool:
        with self._guard:
            self._remove(key)
        return True

    def _remove(self, key: str) -> None:
        _, value = self._values.pop(key, (0.0, b""))
        self._used -= len(value)

    def acquire(self, name: str, seconds: float) -> bool:
        """Threads release what they hold, so `seconds` is not used."""
        with self._guard:
            free = name not in self._held
            self._held.add(name)
        return free

    def release(self, name: str) -> None:
        with self._guard:
            self._held.discard(name)

    def count(self, name: str, amount: float, timeout: int) -> float:
        with self._guard:
            total = float(self.get(name) or 0) + amount
            self.set(name, repr(total).encode(), timeout)
        return total
