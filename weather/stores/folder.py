"""A store in the files of a folder, which all workers of this machine share."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path

from weather.stores.counts import Counts, lock_of
from weather.stores.file_locks import FileLocks
from weather.stores.memory import LARGEST_VALUE, Memory, number
from weather.stores.private_files import make_folder, open_file, open_folder, read_file
from weather.stores.shards import Shards
from weather.stores.size import Size
from weather.stores.sweep import UNFINISHED

log = logging.getLogger(__name__)

_STAMP = 4  # bytes at the start of a file: until when it is valid, in seconds since 1970
_FALLBACK = 50_000_000  # bytes of memory at most while the folder cannot be written


class Folder:
    """Whole files are written and renamed, so that no reader sees half of one. Failed writes go
    to memory until a write succeeds. Raises `OSError` if the folder cannot be written, or is not
    this user's alone."""

    is_remote = False

    def __init__(self, folder: Path, entries: int, size: int) -> None:
        make_folder(folder)
        self._folder = folder
        self._shards = Shards(folder, entries, size)
        self._memory = Memory(entries, min(size, _FALLBACK))
        self._fails = False
        locks = open_file(folder / "locks", os.O_RDWR | os.O_CREAT)
        self._locks, self._counts = FileLocks(locks), Counts(locks)
        self._counting = threading.Lock()

    def get(self, key: str) -> bytes | None:
        if (value := self._memory.get(key)) is not None:
            return value
        path, name = self._shards.place(_digest(key))
        try:
            folder = open_folder(path)
            try:
                data = read_file(name, folder, _STAMP + LARGEST_VALUE)
            finally:
                os.close(folder)
        except OSError:
            return None
        until = int.from_bytes(data[:_STAMP], "little")
        return data[_STAMP:] if until > time.time() else None

    def get_many(self, keys: Iterable[str]) -> list[bytes | None]:
        return [self.get(key) for key in keys]

    def set(self, key: str, value: bytes, timeout: int) -> bool:
        if len(value) > LARGEST_VALUE:
            return False
        until = int(time.time()) + timeout
        try:
            self._write(key, until.to_bytes(_STAMP, "little") + value)
            self._shards.written()
        except OSError as error:
            if not self._fails:
                log.warning("The folder cannot be written (%s): memory is used", error.strerror)
            self._fails = True
            return self._memory.set(key, value, timeout)
        self._fails = False
        self._memory.delete(key)
        return True

    def _write(self, key: str, data: bytes) -> None:
        path, name = self._shards.place(_digest(key))
        try:
            folder = open_folder(path)
        except FileNotFoundError:  # the first write to a shard, or the folder has been removed
            make_folder(path)
            folder = open_folder(path)
        try:
            _replace(folder, name, data)
        finally:
            os.close(folder)

    def acquire(self, name: str, seconds: float) -> bool:
        """The system frees the lock of a process that dies, so `seconds` is not used."""
        return self._locks.acquire(name)

    def release(self, name: str) -> None:
        self._locks.release(name)

    def count(self, name: str, amount: float, timeout: int) -> float:
        lock = lock_of(name)
        with self._counting:
            locked = self._locks.lock_with_patience(lock, lambda: self._counted(name))
            try:
                total = self._counted(name) + amount
                self._set_count(name, total, timeout)
            finally:
                if locked:
                    self._locks.unlock(lock)
        return total

    def size(self) -> Size:
        """Of the files; of memory while they cannot be written."""
        with suppress(OSError):
            entries, size = self._shards.size()
            return Size(entries, size, is_available=not self._fails)
        return replace(self._memory.size(), is_available=False)

    def _counted(self, name: str) -> float:
        """In memory only where the last write failed."""
        stored = self._memory.get(name)
        with suppress(OSError):
            return number(stored) if stored else self._counts.read(name) or 0.0
        return 0.0

    def _set_count(self, name: str, total: float, timeout: int) -> None:
        try:
            self._counts.write(name, total, timeout)
        except OSError:
            self._memory.set(name, repr(total).encode(), timeout)
        else:
            self._memory.delete(name)


def _replace(folder: int, name: str, data: bytes) -> None:
    unfinished = f"{secrets.token_hex(8)}{UNFINISHED}"
    file = open_file(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, folder)
    try:
        try:
            if os.write(file, data) != len(data):
                raise OSError(ENOSPC, os.strerror(ENOSPC))
        finally:
            os.close(file)
        os.replace(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(unfinished, dir_fd=folder)
        raise


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
