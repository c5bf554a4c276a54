"""Answers in the files of a folder, which all workers of this machine share."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import re
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from cachelib import BaseCache

from weather.stores.memory import Memory

log = logging.getLogger(__name__)

_NEW = ".__wz_cache"  # ends the name of an entry that is being written
_OURS = re.compile(rf"[0-9a-f]{{64}}|.*{re.escape(_NEW)}")
_STAMP = 4  # bytes at the start of a file: until when it is kept, in seconds since 1970
_SWEPT_EVERY = 64  # writes of a process
_SWEPT_TO = 0.9  # of what may be kept, so that not every write sweeps
_HALF_WRITTEN = 60  # seconds after which a file that is being written has lost its writer
_PATIENCE = 1.0  # seconds that one process waits for another to count


class Folder(BaseCache):
    """Whole files are written and renamed, so a reader never sees half of one. What the disk
    does not take is kept in memory until it does.

    cachelib's own folder is not used: its processes miscount files together, each write past
    the limit reads every file, and it waits ten seconds for leave to read one. Locks are bytes
    of one file, which the system frees when their process dies. Raises `OSError` if the folder
    cannot be written.
    """

    def __init__(self, folder: Path, entries: int, size: int) -> None:
        super().__init__()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder, self._entries, self._size = folder, entries, size
        self._meanwhile = Memory(entries, size)
        self._fails = False
        # Open as long as the process lives: closing it would free all its locks.
        self._locks = os.open(folder / "locks", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._held: set[str] = set()
        self._guard = threading.Lock()
        self._counting = threading.Lock()
        self._writes = 0

    def get(self, key: str) -> bytes | None:
        if (kept := self._meanwhile.get(key)) is not None:
            return kept
        try:
            data = self._file(key).read_bytes()
        except OSError:
            return None
        until, value = data[:_STAMP], data[_STAMP:]
        return value if int.from_bytes(until, "little") > time.time() else None

    def set(self, key: str, value: bytes, timeout: Any = None) -> bool:
        seconds = self._normalize_timeout(timeout)
        until = int(time.time()) + seconds
        try:
            self._put(key, until.to_bytes(_STAMP, "little") + value)
            self._writes += 1
            if self._writes % _SWEPT_EVERY == 0:
                self._sweep()
        except OSError as error:
            if not self._fails:
                log.warning("Cannot keep answers in the folder (%s): memory serves", error.strerror)
            self._fails = True
            return self._meanwhile.set(key, value, seconds)
        self._fails = False
        return self._meanwhile.delete(key)

    def _put(self, key: str, data: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # somebody may have cleared up
        handle, name = tempfile.mkstemp(_NEW, dir=self._folder)
        try:
            with open(handle, "wb") as file:
                file.write(data)
            os.replace(name, self._file(key))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _file(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode()).hexdigest()

    def acquire(self, name: str, seconds: float) -> bool:
        with self._guard:  # the file's locks tell processes apart, not threads
            if name in self._held or not self._lock(name):
                return False
            self._held.add(name)
            return True

    def release(self, name: str) -> None:
        with self._guard:
            self._held.discard(name)
            self._unlock(name)

    def count(self, name: str, amount: float, timeout: int) -> float:
        with self._counting:
            locked = self._lock_soon(name)
            try:
                total = _number(self.get(name)) + amount
                self.set(name, repr(total).encode(), timeout)
            finally:
                if locked:
                    self._unlock(name)
        return total

    def _lock(self, name: str) -> bool:
        try:
            fcntl.lockf(self._locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _byte(name))
        except BlockingIOError:
            return False
        return True

    def _lock_soon(self, name: str) -> bool:
        """Not for ever: a process may have been stopped while it counts."""
        until = time.monotonic() + _PATIENCE
        while not self._lock(name):
            if time.monotonic() > until:
                return False
            time.sleep(0.001)
        return True

    def _unlock(self, name: str) -> None:
        fcntl.lockf(self._locks, fcntl.LOCK_UN, 1, _byte(name))

    def _sweep(self) -> None:
        """The oldest go while there are too many, or too many bytes. Only files whose names
        are ours are touched: the folder may be somebody's."""
        files = sorted(
            (stat.st_mtime, stat.st_size, entry.path)
            for entry in os.scandir(self._folder)
            if _OURS.fullmatch(entry.name) and (stat := _stat(entry))
        )
        entries, size = len(files), sum(size for _, size, _ in files)
        crowded = entries > self._entries or size > self._size
        for written, bytes_, path in files:
            roomy = entries <= self._entries * _SWEPT_TO and size <= self._size * _SWEPT_TO
            torn = path.endswith(_NEW)
            if torn and written > time.time() - _HALF_WRITTEN:
                continue
            if torn or (crowded and not roomy):
                Path(path).unlink(missing_ok=True)
                entries, size = entries - 1, size - bytes_


def _byte(name: str) -> int:
    """The byte of the file that stands for a name, among 2^62."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 2


def _number(data: bytes | None) -> float:
    try:
        return float(data or 0)
    except ValueError:  # a torn file
        return 0.0


def _stat(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # another process has swept
        return None
