"""Where the files of a folder are, and which of its folders is swept next.

A folder for many entries has 256 shards, named by two hexadecimal digits, so that a sweep lists
a small part of the entries. One for few has none.
"""

from __future__ import annotations

import itertools
import logging
import random
import threading
from contextlib import suppress
from pathlib import Path

from weather.stores.sweep import measure, sweep

log = logging.getLogger(__name__)

_SHARDS = tuple(f"{number:02x}" for number in range(256))
_UNSHARDED = 2000  # entries; listing them takes some 10 ms
_SMALLEST = 4096  # bytes that a file takes on most file systems
_WRITES_PER_SWEEP = 64
_SAMPLE = 1000  # entries, by which the number of all is estimated, with an error of some 3 %
# Entries in the other layout, of before CACHE_ENTRIES was changed, are never read again. Another
# service may use them.
_OBSOLETE_AFTER = 24 * 3600  # seconds


class Shards:
    """Of a folder for at most so many `entries` and so many bytes, in the file system's blocks."""

    def __init__(self, folder: Path, entries: int, size: int) -> None:
        self._folder, self._entries, self._size = folder, entries, size
        self._sharded = min(entries, size // _SMALLEST) > _UNSHARDED
        self._writes = itertools.count(1)
        # Workers start at different shards, so that few writes pass until all have been swept.
        self._turn = itertools.count(random.randrange(len(_SHARDS)))  # noqa: S311
        self._sweeping = threading.Lock()

    def place(self, digest: str) -> tuple[Path, str]:
        """The folder and the name of the file for a hash in hexadecimal digits."""
        if self._sharded:
            return self._folder / digest[:2], digest[2:]
        return self._folder, digest

    def written(self) -> None:
        """Called after each write: every 64th sweeps. Raises `OSError`."""
        if next(self._writes) % _WRITES_PER_SWEEP:
            return
        if not self._sharded:
            sweep(self._folder, self._entries, self._size)
            self._sweep_obsolete(self._folder / self._next_shard())
        elif self._sweeping.acquire(blocking=False):
            # A request waits for the write, and not for the sweep.
            threading.Thread(target=self._sweep_shard, name="sweep", daemon=True).start()

    def size(self) -> tuple[int, int]:
        """The number of entries and their bytes, by as many shards as hold enough to tell.
        Raises `OSError`."""
        if not self._sharded:
            return measure(self._folder)
        shards = entries = size = 0
        for shard in random.sample(_SHARDS, len(_SHARDS)):
            shards += 1
            with suppress(FileNotFoundError):  # nothing is written there yet
                count, count_bytes = measure(self._folder / shard)
                entries, size = entries + count, size + count_bytes
            if entries > _SAMPLE:
                break
        return entries * len(_SHARDS) // shards, size * len(_SHARDS) // shards

    def _next_shard(self) -> str:
        return _SHARDS[next(self._turn) % len(_SHARDS)]

    def _sweep_shard(self) -> None:
        shard, share = self._next_shard(), len(_SHARDS)
        try:
            with suppress(FileNotFoundError):  # nothing is written there yet
                sweep(self._folder / shard, self._entries // share, self._size // share)
            if shard == _SHARDS[0]:
                self._sweep_obsolete(self._folder)
        except OSError as error:
            log.warning("A part of the cache folder cannot be swept (%s)", error.strerror)
        finally:
            self._sweeping.release()

    def _sweep_obsolete(self, folder: Path) -> None:
        with suppress(OSError):
            sweep(folder, 0, 0, age=_OBSOLETE_AFTER)
            if folder != self._folder:
                folder.rmdir()
