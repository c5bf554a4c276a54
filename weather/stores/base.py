"""What a store is, and which kind CACHE_URL names."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from weather.stores.folder import Folder
from weather.stores.memory import Memory
from weather.stores.private_files import Unsafe
from weather.stores.size import Size

log = logging.getLogger(__name__)

_FOLDER, _MEMORY = 400, 50  # megabytes by default


class Store(Protocol):
    """Bytes, and what single-flight and quotas need besides: locks and counts. All are shared by
    the processes that use the same folder or server, or that were forked with the same memory."""

    @property
    def is_remote(self) -> bool:
        """Whether each call is a round trip to another program."""

    def get(self, key: str) -> bytes | None: ...

    def get_many(self, keys: Sequence[str]) -> Sequence[bytes | None]:
        """As many `get`, in one round trip."""

    def set(self, key: str, value: bytes, timeout: int) -> object:
        """Store bytes for at most `timeout` seconds; the oldest are dropped where there is no
        room. More than `LARGEST_VALUE` are not stored."""

    def acquire(self, name: str, seconds: float) -> bool:
        """Take a lock if it is free. The lock of a holder who died is free again at once, or at
        the latest after `seconds`."""

    def release(self, name: str) -> None: ...

    def count(self, name: str, amount: float, timeout: int) -> float:
        """Add to a count and return it; the count is dropped after `timeout` seconds."""

    def size(self) -> Size:
        """About as much as it holds. May take some milliseconds."""


def open_store(
    url: str,
    default: Path | None,
    *,
    entries: int,
    megabytes: int = 0,
    decoded_bytes: int = 0,
) -> Store:
    """The store that CACHE_URL names: a folder, `redis://…`, or memory.

    An empty URL means the default folder; without one, or if the folder cannot be used, it is
    memory. Why a folder cannot be used is logged. By default a folder has 400 megabytes and memory
    50, less `decoded_bytes`, which are in memory too. Raises `ValueError` for a Redis whose URL
    cannot be read, and `OSError` where the system has not so much memory.
    """
    in_memory = partial(Memory, entries, (megabytes or _MEMORY) * 1_000_000 - decoded_bytes)
    if url.startswith(("redis://", "rediss://")):
        return _redis(url, in_memory())
    folder = Path(url) if url.startswith("/") else default
    if url == "memory" or folder is None:
        return in_memory()
    try:
        return Folder(folder, entries, (megabytes or _FOLDER) * 1_000_000)
    except Unsafe as error:
        log.warning("%s is not safe (%s). Memory is used", folder, error.strerror)
    except OSError as error:
        log.warning("%s cannot be written (%s): memory is used", folder, error.strerror)
    return in_memory()


def check_url(url: str) -> None:
    """Raises `ValueError` for a URL that names no store, without opening one."""
    if url.startswith("/") and Path(url).exists() and not Path(url).is_dir():
        raise ValueError(f"{url} is not a folder.")
    if url.startswith(("redis://", "rediss://")):
        _redis(url, Memory(1, 1))


def _redis(url: str, fallback: Memory) -> Store:
    from weather.stores.redis import Redis  # noqa: PLC0415  # only where one is used

    return Redis(url, fallback)
