"""Locks between processes: bytes of one file, which the system frees when a holder dies."""

from __future__ import annotations

import fcntl
import hashlib
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable

_PATIENCE = 1.0  # seconds that a process waits for another's change
_INTERVAL = 0.002  # seconds between tries at most


class FileLocks:
    """Of the processes that have opened the same file, or inherited its descriptor, `file`. It must
    stay open: closing it frees all locks of the process."""

    def __init__(self, file: int) -> None:
        self._file = file
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

    def lock_with_patience(self, name: str, progress: Callable[[], object]) -> bool:
        """As `lock`, after a wait, for as long as `progress` returns another value each second. It
        ends: a process may have been stopped while it has the lock."""
        until, before = time.monotonic() + _PATIENCE, progress()
        while not self.lock(name):
            if time.monotonic() > until:
                if (now := progress()) == before:
                    return False
                until, before = time.monotonic() + _PATIENCE, now
            time.sleep(random.uniform(0, _INTERVAL))  # noqa: S311
        return True

    def unlock(self, name: str) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _byte(name))


def _byte(name: str) -> int:
    """The byte of the file that stands for a name, among 2^62."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 2


def unnamed_file(name: str) -> int:
    """The descriptor of an empty file, which forked processes inherit; `name` is for debuggers."""
    try:
        return os.memfd_create(name)
    except (AttributeError, OSError):  # another system than Linux
        with tempfile.TemporaryFile() as file:
            return os.dup(file.fileno())
