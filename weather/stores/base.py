"""Where answers are kept and where worker processes meet, and which kind CACHE_URL names."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

from weather.stores.folder import Folder
from weather.stores.memory import Memory

log = logging.getLogger(__name__)


class Store(Protocol):
    """cachelib's interface for bytes, and with it what single-flight and budgets need: locks
    and counts that all processes share which use the same folder or server."""

    def get(self, key: str) -> bytes | None: ...

    def set(self, key: str, value: bytes, timeout: int) -> object:
        """Kept for `timeout` seconds at most; the oldest go first where there is no room."""

    def acquire(self, name: str, seconds: float) -> bool:
        """Take a lock if it is free. That of a holder who died is free again, at once or at
        least after `seconds`."""

    def release(self, name: str) -> None: ...

    def count(self, name: str, amount: float, timeout: int) -> float:
        """Add to a count that is forgotten after `timeout` seconds; what it is then."""


def open_store(url: str, default: Path | None, *, entries: int, megabytes: int) -> Store:
    """The store that CACHE_URL names: a folder, `redis://…`, or memory.

    Without a name it is the default folder; memory serves where there is none or it cannot be
    written. A folder that was named and cannot be written is told in the log. Raises
    `ValueError` for a Redis whose library is not installed or whose URL cannot be read.
    """
    size = megabytes * 1_000_000
    if url.startswith(("redis://", "rediss://")):
        return _redis(url, Memory(entries, size))
    folder = Path(url) if url.startswith("/") else default
    if url == "memory" or folder is None:
        return Memory(entries, size)
    try:
        return Folder(folder, entries, size)
    except OSError as error:
        log.warning("Cannot keep answers in %s (%s): kept in memory", folder, error.strerror)
        return Memory(entries, size)


def _redis(url: str, meanwhile: Memory) -> Store:
    try:
        from weather.stores.redis import Redis  # noqa: PLC0415  # 6 MB that only Redis needs
    except ImportError:
        raise ValueError("redis:// needs requirements/redis.txt to be installed") from None
    return Redis(url, meanwhile)
