"""Keeps a folder of entries within its bounds."""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path

from weather.stores.private_files import open_folder

UNFINISHED = ".__wz_cache"  # ends the name of an entry that is being written

_ENTRY = re.compile(rf"[0-9a-f]{{62,64}}|.*{re.escape(UNFINISHED)}")
_SHARE = 0.9  # of the bounds, so that not every write sweeps
_BLOCK = 512  # bytes, the unit of st_blocks, whatever the file system's is (stat(2))
_ABANDONED_AFTER = 60  # seconds; the writer of an unfinished entry has died


def sweep(path: Path, max_entries: int, max_size: int, *, age: float = 0) -> None:
    """Remove the oldest entries while there are too many, or too many bytes; of those only the
    ones that are older than `age` seconds. Only files whose names are a store's are touched: the
    folder may hold others. Raises `OSError`."""
    folder = open_folder(path)
    try:
        _sweep(folder, max_entries, max_size, time.time() - age)
    finally:
        os.close(folder)


def measure(path: Path) -> tuple[int, int]:
    """The number of entries in a folder, and their bytes. Raises `OSError`."""
    folder = open_folder(path)
    try:
        sizes = [
            _size(status)
            for name in os.listdir(folder)
            if _ENTRY.fullmatch(name) and (status := _status(name, folder))
        ]
    finally:
        os.close(folder)
    return len(sizes), sum(sizes)


def _sweep(folder: int, max_entries: int, max_size: int, before: float) -> None:
    files = sorted(
        (status.st_mtime, _size(status), name)
        for name in os.listdir(folder)
        if _ENTRY.fullmatch(name) and (status := _status(name, folder))
    )
    entries, size = len(files), sum(size for _, size, _ in files)
    exceeds = entries > max_entries or size > max_size
    for written_at, file_size, name in files:
        fits = entries <= max_entries * _SHARE and size <= max_size * _SHARE
        unfinished = name.endswith(UNFINISHED)
        if unfinished and written_at > time.time() - _ABANDONED_AFTER:
            continue
        if unfinished or (exceeds and not fits and written_at <= before):
            with suppress(FileNotFoundError):  # another process has swept
                os.unlink(name, dir_fd=folder)
            entries, size = entries - 1, size - file_size


def _size(status: os.stat_result) -> int:
    """The bytes that a file takes on the disk: a value of a hundred takes a block of 4 kB."""
    return max(status.st_size, status.st_blocks * _BLOCK)


def _status(name: str, folder: int) -> os.stat_result | None:
    """Of the file or link itself; None of a folder, which is no entry and is not removed."""
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:  # another process has swept
        return None
    return None if stat.S_ISDIR(status.st_mode) else status
