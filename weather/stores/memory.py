"""A store in memory, which a process shares with those that it forks."""

from __future__ import annotations

import hashlib
import math
import os
import secrets
import threading
import time
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from weather.stores.file_locks import FileLocks, unnamed_file
from weather.stores.ring import Record, Ring
from weather.stores.size import Size

LARGEST_VALUE = 2_000_000  # bytes; in every store
_LOCK = "ring"
_IMPATIENCE = 10.0  # seconds


class Memory:
    """At most so many entries, and so many bytes, in all processes together; the oldest are
    dropped first. Raises `OSError` where the system has not so much memory."""

    is_remote = False

    def __init__(self, entries: int = 10_000, size: int = 100_000_000) -> None:
        self._ring = Ring(entries, size)
        self._largest = min(self._ring.largest, LARGEST_VALUE)
        # Without a secret, two keys of one fingerprint could be searched for.
        self._secret = secrets.token_bytes(16)
        self._guard = threading.RLock()
        self._impatient_until = 0.0
        file = unnamed_file("weather-locks")
        self._locks = FileLocks(file)
        weakref.finalize(self, os.close, file)

    def get(self, key: str) -> bytes | None:
        if not self._ring:
            return None
        record = self._ring.read(self._fingerprint(key))
        return record.value if record and record.expiry > time.monotonic() else None

    def get_many(self, keys: Iterable[str]) -> list[bytes | None]:
        return [self.get(key) for key in keys]

    def set(self, key: str, value: bytes, timeout: float) -> bool:
        with self._exclusively() as locked:
            return locked and self._set(key, value, timeout)

    def set_many(self, values: Mapping[str, bytes], timeout: float) -> bool:
        """Several values under one lock. Whether all are stored."""
        with self._exclusively() as locked:
            stored = [self._set(*item, timeout) for item in values.items()] if locked else [False]
            return all(stored)

    def _set(self, key: str, value: bytes, timeout: float) -> bool:
        if len(value) > self._largest:
            self._ring.remove(self._fingerprint(key))
            return False
        self._ring.write(Record(self._fingerprint(key), time.monotonic() + timeout, value))
        return True

    def delete(self, key: str) -> bool:
        if not self._ring:
            return True
        with self._exclusively() as locked:
            if locked:
                self._ring.remove(self._fingerprint(key))
            return locked

    def acquire(self, name: str, seconds: float) -> bool:
        """The system frees the lock of a process that dies, so `seconds` is not used."""
        return self._locks.acquire(name)

    def release(self, name: str) -> None:
        self._locks.release(name)

    def count(self, name: str, amount: float, timeout: int) -> float:
        with self._exclusively() as locked:
            total = number(self.get(name)) + amount
            if locked:
                self._set(name, repr(total).encode(), timeout)
        return total

    def size(self) -> Size:
        return Size(len(self._ring), self._ring.used)

    @contextmanager
    def _exclusively(self) -> Iterator[bool]:
        """Exclude other threads and processes. False if a process that was stopped does not
        release the lock; then no other thread waits for it for a while."""
        with self._guard:
            locked = self._lock()
            try:
                yield locked
            finally:
                if locked:
                    self._locks.unlock(_LOCK)

    def _lock(self) -> bool:
        if time.monotonic() < self._impatient_until:
            return self._locks.lock(_LOCK)
        if self._locks.lock_with_patience(_LOCK, lambda: self._ring.written):
            return True
        self._impatient_until = time.monotonic() + _IMPATIENCE
        return False

    def _fingerprint(self, key: str) -> int:
        digest = hashlib.blake2b(key.encode(), digest_size=8, key=self._secret).digest()
        return int.from_bytes(digest) or 1


def number(data: bytes | None) -> float:
    """A count that is stored; 0 for anything else."""
    try:
        count = float(data or 0)
    except ValueError:  # damaged
        return 0.0
    return count if math.isfinite(count) else 0.0
