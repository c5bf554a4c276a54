"""Answers in the files of a folder, which all workers of this machine share."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import threading
import time
from pathlib import Path
from typing import IO, Any

from cachelib import FileSystemCache
from cachelib.serializers import FileSystemSerializer

_OURS = re.compile(r"[0-9a-f]{64}|.*\.__wz_cache")  # an entry; one that is being written
_SWEPT_EVERY = 64  # writes of a process
_SWEPT_TO = 0.9  # of what may be kept, so that not every write sweeps
_HALF_WRITTEN = 60  # seconds after which a file that is being written has lost its writer
_PATIENCE = 1.0  # seconds that one process waits for another to count


class _Bytes(FileSystemSerializer):
    def dump(self, value: Any, f: IO[bytes], protocol: int = 0) -> None:
        f.write(value)

    def load(self, f: IO[bytes]) -> Any:
        return f.read()


class Folder(FileSystemCache):
    """cachelib writes whole files and renames them, so a reader never sees half of one.

    Its own count of files is not used: processes that count together miscount, and each write
    past the limit would read every file. Locks are bytes of one file, which the system frees
    when their process dies. Raises `OSError` if the folder cannot be written.
    """

    serializer = _Bytes()

    def __init__(self, folder: Path, entries: int, size: int) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(str(folder), threshold=0)
        self._folder, self._entries, self._size = folder, entries, size
        # Open as long as the process lives: closing it would free all its locks.
        self._locks = os.open(folder / "locks", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._held: set[str] = set()
        self._guard = threading.Lock()
        self._counting = threading.Lock()
        self._writes = 0

    def set(self, key: str, value: Any, timeout: Any = None, mgmt_element: bool = False) -> bool:
        self._writes += 1
        if self._writes % _SWEPT_EVERY == 0:
            self._sweep()
        return super().set(key, value, timeout, mgmt_element)

    def hold(self, name: str, seconds: float) -> bool:
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
            torn = path.endswith(self._fs_transaction_suffix)
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
