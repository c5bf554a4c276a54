"""Keeps a folder of entries within its bounds."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

UNFINISHED = ".__wz_cache"  # ends the name of an entry that is being written

_ENTRY = re.compile(rf"[0-9a-f]{{64}}|.*{re.escape(UNFINISHED)}")
_SHARE = 0.9  # of the bounds, so that not every write sweeps
_ABANDONED_AFTER = 60  # seconds; the writer of an unfinished entry has died


def sweep(folder: Path, max_entries: int, max_size: int) -> None:
    """Remove the oldest entries while there are too many, or too many bytes. Only files whose
    names are a store's are touched: the folder may hold others. Raises `OSError`."""
    files = sorted(
        (stat.st_mtime, stat.st_size, entry.path)
        for entry in os.scandir(folder)
        if _ENTRY.fullmatch(entry.name) and (stat := _stat(entry))
    )
    entries, size = len(files), sum(size for _, size, _ in files)
    exceeds = entries > max_entries or size > max_size
    for written_at, file_size, path in files:
        fits = entries <= max_entries * _SHARE and size <= max_size * _SHARE
        unfinished = path.endswith(UNFINISHED)
        if unfinished and written_at > time.time() - _ABANDONED_AFTER:
            continue
        if unfinished or (exceeds and not fits):
            Path(path).unlink(missing_ok=True)
            entries, size = entries - 1, size - file_size


def _stat(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # another process has swept
        return None
