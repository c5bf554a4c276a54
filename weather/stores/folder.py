"""A store in the files of a folder, which all workers of this machine share."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from cachelib import BaseCache

from weather.stores.file_locks import FileLocks
from weather.stores.memory import Memory
from weather.stores.sweep import UNFINISHED, sweep

log = logging.getLogger(__name__)

_STAMP = 4  # bytes at the start of a file: until when it is valid, in seconds since 1970
_WRITES_PER_SWEEP = 64


class Folder(BaseCache):
    """Whole files are written and renamed, so that no reader sees half of one. Failed writes go
    to memory until a write succeeds. Raises `OSError` if the folder cannot be written.

    cachelib's own folder is not used: its processes miscount files together, each write past
    the limit reads every file, and it waits ten seconds for permission to read one.
    """

    def __init__(self, folder: Path, entries: int, size: int) -> None:
        super().__init__()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder, self._entries, self._size = folder, entries, size
        self._memory = Memory(entries, size)
        self._fails = False
        self._locks = FileLocks(folder / "locks")
        self._counting = threading.Lock()
        self._writes = 0

    def get(self, key: str) -> bytes | None:
        if (value := self._memory.get(key)) is not None:
            return value
        try:
            data = self._file(key).read_bytes()
        except OSError:
            return None
        until = int.from_bytes(data[:_STAMP], "little")
        return data[_STAMP:] if until > time.time() else None

    def set(self, key: str, value: bytes, timeout: Any = None) -> bool:
        seconds = self._normalize_timeout(timeout)
        until = int(time.time()) + seconds
        try:
            self._write(key, until.to_bytes(_STAMP, "little") + value)
            self._writes += 1
            if self._writes % _WRITES_PER_SWEEP == 0:
                sweep(self._folder, self._entries, self._size)
        except OSError as error:
            if not self._fails:
                log.warning("The folder cannot be written (%s): memory is used", error.strerror)
            self._fails = True
            return self._memory.set(key, value, seconds)
        self._fails = False
        return self._memory.delete(key)

    def _write(self, key: str, data: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it may have been removed
        handle, name = tempfile.mkstemp(UNFINISHED, dir=self._folder)
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
        """The system frees the lock of a process that dies, so `seconds` is not used."""
        return self._locks.acquire(name)

    def release(self, name: str) -> None:
        self._locks.release(name)

    def count(self, name: str, amount: float, timeout: int) -> float:
        with self._counting:
            locked = self._locks.lock_with_patience(name)
            try:
                total = _number(self.get(name)) + amount
                self.set(name, repr(total).encode(), timeout)
            finally:
                if locked:
                    self._locks.unlock(name)
        return total


def _number(data: bytes | None) -> float:
    try:
        return float(data or 0)
    except ValueError:  # a damaged file
        return 0.0
