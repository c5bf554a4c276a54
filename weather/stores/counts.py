"""Counts in a file of fixed size, so that one more call costs no file of its own.

The file is a table: in each of its buckets are slots of a hash of the name, a time until which the
count is valid (seconds since 1970), and the count. It needs no order of bytes but this machine's.
"""

from __future__ import annotations

import hashlib
import math
import os
import struct
import time

_SLOT = struct.Struct("=Qdd")
_SLOTS = 16  # in a bucket
_BUCKET = struct.Struct("=" + "Qdd" * _SLOTS)
_BUCKETS = 256


class Counts:
    """In `file`, open for reading and writing."""

    def __init__(self, file: int) -> None:
        self._file = file

    def read(self, name: str) -> float | None:
        """The count; None if there is none. Raises `OSError`."""
        fingerprint = _fingerprint(name)
        for stored, until, count in self._slots(fingerprint):
            if stored == fingerprint and until > time.time() and math.isfinite(count):
                return count
        return None

    def write(self, name: str, count: float, timeout: float) -> None:
        """Replace a count, or the one in its bucket that would be dropped first. Needs the lock
        `lock_of(name)`. Raises `OSError`."""
        fingerprint, now = _fingerprint(name), time.time()
        slots = self._slots(fingerprint)
        index = min(range(_SLOTS), key=lambda i: (slots[i][0] != fingerprint, slots[i][1]))
        slot = _SLOT.pack(fingerprint, now + timeout, count)
        os.pwrite(self._file, slot, _start(fingerprint) + index * _SLOT.size)

    def _slots(self, fingerprint: int) -> list[tuple[int, float, float]]:
        data = os.pread(self._file, _BUCKET.size, _start(fingerprint))
        return list(_SLOT.iter_unpack(data.ljust(_BUCKET.size, b"\0")))


def lock_of(name: str) -> str:
    """The name of the lock of a bucket."""
    return f"counts {_fingerprint(name) % _BUCKETS}"


def _start(fingerprint: int) -> int:
    return fingerprint % _BUCKETS * _BUCKET.size


def _fingerprint(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) or 1
