"""Locks between processes: bytes of one file, which the system frees when a holder dies."""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
import time
from pathlib import Path

_PATIENCE = 1.0  # seconds that a process waits for another's count
_INTERVAL = 0.001  # seconds between tries


class FileLocks:
    """Raises `OSError` if the file cannot be opened."""

    def __init__(self, path: Path) -> None:
        # Open as long as the process lives: closing it would free all its locks.
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._held: set[str] = set()
        self._guard = threading.Lock()

    def acquire(self, name: str) -> bool:
        """Whether the lock was free, also of this process's other threads."""
        with self._guard:  # the file's locks exclude processes, not threads
            if name in self._held or not self.lock(name):
                return False
            self._held.add(name)
            return True

    def release(self, name: str) -> None:
        with self._guard:
            self._held.discard(name)
            self.unlock(name)

    def lock(self, name: str) -> bool:
        """Whether no other process holds the lock."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _byte(name))
        except BlockingIOError:
            return False
        return True

    def lock_with_patience(self, name: str) -> bool:
        """As `lock`, after a wait. It ends: a process may have been stopped while it counts."""
        until = time.monotonic() + _PATIENCE
        while not self.lock(name):
            if time.monotonic() > until:
                return False
            time.sleep(_INTERVAL)
        return True

    def unlock(self, name: str) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _byte(name))


def _byte(name: str) -> int:
    """The byte of the file that stands for a name, among 2^62."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 2
