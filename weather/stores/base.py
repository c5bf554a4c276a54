"""What a store is, and which kind CACHE_URL names."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

from weather.stores.folder import Folder
from weather.stores.memory import Memory

log = logging.getLogger(__name__)


class Store(Protocol):
    """cachelib's interface for bytes, and what single-flight and quotas need besides: locks and
    counts, shared by all processes that use the same folder or server."""

    def get(self, key: str) -> bytes | None: ...

    def set(self, key: str, value: bytes, timeout: int) -> object:
        """Store bytes for at most `timeout` seconds; the oldest are dropped where there is no
        room."""

    def acquire(self, name: str, seconds: float) -> bool:
        """Take a lock if it is free. The lock of a holder who died is free again at once, or at
        the latest after `seconds`."""

    def release(self, name: str) -> None: ...

    def count(self, name: str, amount: float, timeout: int) -> float:
        """Add to a count and return it; the count is dropped after `timeout` seconds."""


def open_store(url: str, default: Path | None, *, entries: int, megabytes: int) -> Store:
    """The store that CACHE_URL names: a folder, `redis://…`, or memory.

    An empty URL means the default folder; without one, or if the folder cannot be written, it
    is memory. A folder that cannot be written is logged. Raises `ValueError` for a Redis whose
    library is not installed or whose URL cannot be read.
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
        log.warning("%s cannot be written (%s): memory is used", folder, error.strerror)
        return Memory(entries, size)


def _redis(url: str, fallback: Memory) -> Store:
    try:
        from weather.stores.redis import Redis  # noqa: PLC0415  # 6 MB that only Redis needs
    except ImportError:
        raise ValueError("redis:// needs requirements/redis.txt to be installed") from None
    return Redis(url, fallback)
