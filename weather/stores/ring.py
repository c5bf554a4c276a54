"""Values in a fixed piece of memory, which a process shares with those that it forks.

    state     five numbers: `_HEAD`, `_TAIL`, `_USED`, `_COUNT`, `_CHANGING`
    table     buckets of eight slots, each the fingerprint of a key and the position of its record
    records   a ring: a header (fingerprint, expiry, length, checksum), the value, padding

Positions grow for ever; the place in the ring is their remainder. A record is never changed, only
overwritten when the ring comes round, so that reading takes no lock: a record that is overwritten
meanwhile has a wrong checksum. All other methods need a lock that excludes threads and processes.
A table and offsets in memory of one's own would be simpler, and a copy in every worker.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from typing import NamedTuple

_STATE = 64  # bytes
_HEAD, _TAIL, _USED, _COUNT, _CHANGING = range(5)
_SLOTS = 8  # in a bucket
_BUCKET = struct.Struct(f"<{2 * _SLOTS}Q")
_SLOT = struct.Struct("<QQ")
_KEYED = struct.Struct("<QdI")  # fingerprint, expiry, length
_CHECKSUM = struct.Struct("<I")
_HEADER = _KEYED.size + _CHECKSUM.size
_ALIGNMENT = 32  # more than a header, so that one fits before the end of the ring
_SMALLEST = 1 << 16  # bytes of the ring
_BYTES_PER_ENTRY = 256  # at least: below that the table would take most of the memory
# Replaced records are dead. While they are many, the live ones among the oldest are moved to the
# head and not lost: a few at each write, from the moment when only the reserve is free.
_SPARSE = 0.75  # of the ring, which live records fill at most
_RESERVE = 0.25  # of the ring
_MOVED_AT_ONCE = 8  # records, so that the tail is faster than the head
_GAP = 0  # the fingerprint of what fills the end of the ring


class Record(NamedTuple):
    fingerprint: int  # not 0
    expiry: float
    value: bytes

    @property
    def size(self) -> int:
        """Bytes in the ring."""
        return _size(len(self.value))


class Ring:
    """At most so many values, and so many bytes; the oldest are dropped first. Raises `OSError`
    where the system has not so much memory. Pages that are not used take none."""

    def __init__(self, entries: int, size: int) -> None:
        entries = min(entries, max(size, _SMALLEST) // _BYTES_PER_ENTRY)
        # Twice as many slots, so that few buckets are full.
        self._buckets = 1 << max(2 * entries // _SLOTS - 1, 0).bit_length()
        table = self._buckets * _BUCKET.size
        capacity = max(size - table - _STATE, _SMALLEST)
        self._capacity = capacity // _ALIGNMENT * _ALIGNMENT
        self._entries, self._size = entries, min(size, self._capacity)
        self._ring = _STATE + table  # where it begins
        self._memory = mmap.mmap(-1, self._ring + self._capacity)
        self._state = memoryview(self._memory)[:_STATE].cast("Q")

    @property
    def largest(self) -> int:
        """Bytes of a value."""
        return min(self._size, self._capacity // 8)

    @property
    def written(self) -> int:
        """Bytes so far."""
        return self._state[_HEAD]

    @property
    def used(self) -> int:
        """Bytes of the values that it holds, those that have expired included."""
        return self._state[_USED]

    def __len__(self) -> int:
        return self._state[_COUNT]

    def read(self, fingerprint: int) -> Record | None:
        """The record of a key. Needs no lock."""
        _, position = self._slot(fingerprint)
        return None if position is None else self._record(fingerprint, position)

    def write(self, record: Record) -> None:
        """Add or replace a record, of at most `largest` bytes."""
        self._begin()
        self._remove(record.fingerprint)
        self._make_room(record)
        self._append(record)
        self._end()

    def remove(self, fingerprint: int) -> None:
        self._begin()
        self._remove(fingerprint)
        self._end()

    def _begin(self) -> None:
        if self._state[_CHANGING]:  # a process was killed in the midst of a change
            self._recount()
        self._state[_CHANGING] = 1

    def _end(self) -> None:
        self._state[_CHANGING] = 0

    def _make_room(self, record: Record) -> None:
        while not self._within_bounds(record):
            self._take_oldest()
        for _ in range(_MOVED_AT_ONCE):
            if self._free() > _RESERVE * self._capacity or not self._is_sparse():
                break
            oldest = self._take_oldest()
            if oldest and self._fits(oldest):
                self._append(oldest)
        while not self._fits(record):
            self._take_oldest()

    def _within_bounds(self, record: Record) -> bool:
        used = self._state[_USED] + len(record.value)
        return self._state[_COUNT] < self._entries and used <= self._size

    def _is_sparse(self) -> bool:
        """Whether so much is dead that the live records are worth moving."""
        return self._state[_USED] + _HEADER * self._state[_COUNT] < _SPARSE * self._capacity

    def _fits(self, record: Record) -> bool:
        """Also if it leaves a gap at the end of the ring."""
        return self._free() >= 2 * record.size

    def _free(self) -> int:
        return self._capacity - (self._state[_HEAD] - self._state[_TAIL])

    def _take_oldest(self) -> Record | None:
        """Advance the tail by a record, or by a gap; the record if it is live."""
        tail, head = self._state[_TAIL], self._state[_HEAD]
        if tail >= head:  # empty: the sums are wrong
            self._state[_USED] = self._state[_COUNT] = 0
            return None
        fingerprint, _, length = _KEYED.unpack_from(self._memory, self._offset(tail))
        record = None
        if fingerprint != _GAP:
            slot, position = self._slot(fingerprint)
            if position == tail:
                record = self._record(fingerprint, tail)
                self._clear(slot, tail)
            length = _size(length)
        self._state[_TAIL] = min(tail + length, head)
        return record

    def _append(self, record: Record) -> None:
        head = self._state[_HEAD]
        rest = self._capacity - head % self._capacity
        if rest < record.size:
            _KEYED.pack_into(self._memory, self._offset(head), _GAP, 0.0, rest)
            head += rest
        keyed = _KEYED.pack(record.fingerprint, record.expiry, len(record.value))
        checksum = zlib.crc32(record.value, zlib.crc32(keyed))
        data = keyed + _CHECKSUM.pack(checksum) + record.value
        offset = self._offset(head)
        self._memory[offset : offset + len(data)] = data
        self._state[_HEAD] = head + record.size
        self._put_slot(record.fingerprint, head)
        self._state[_USED] += len(record.value)
        self._state[_COUNT] += 1

    def _record(self, fingerprint: int, position: int) -> Record | None:
        """None if the record has been overwritten, or is being."""
        offset = self._offset(position)
        keyed = self._memory[offset : offset + _KEYED.size]
        stored, expiry, length = _KEYED.unpack(keyed)
        if stored != fingerprint or length > self._capacity:
            return None
        (checksum,) = _CHECKSUM.unpack_from(self._memory, offset + _KEYED.size)
        value = self._memory[offset + _HEADER : offset + _HEADER + length]
        if zlib.crc32(value, zlib.crc32(keyed)) != checksum:
            return None
        return Record(fingerprint, expiry, value)

    def _offset(self, position: int) -> int:
        return self._ring + position % self._capacity

    def _slot(self, fingerprint: int) -> tuple[int, int | None]:
        """Where the slot of a key is, and the position that it holds; None without one."""
        start = _STATE + fingerprint % self._buckets * _BUCKET.size
        bucket = _BUCKET.unpack_from(self._memory, start)
        for index in range(0, 2 * _SLOTS, 2):
            if bucket[index] == fingerprint:
                return start + 8 * index, bucket[index + 1]
        return start, None

    def _put_slot(self, fingerprint: int, position: int) -> None:
        """In a free slot; in a full bucket the oldest is dropped."""
        start = _STATE + fingerprint % self._buckets * _BUCKET.size
        bucket = _BUCKET.unpack_from(self._memory, start)
        slots = [(bucket[i + 1] if bucket[i] else -1, i) for i in range(0, 2 * _SLOTS, 2)]
        oldest, index = min(slots)
        slot = start + 8 * index
        if oldest >= 0:
            self._clear(slot, oldest)
        _SLOT.pack_into(self._memory, slot, fingerprint, position)

    def _remove(self, fingerprint: int) -> None:
        slot, position = self._slot(fingerprint)
        if position is not None:
            self._clear(slot, position)

    def _clear(self, slot: int, position: int) -> None:
        _, _, length = _KEYED.unpack_from(self._memory, self._offset(position))
        _SLOT.pack_into(self._memory, slot, 0, 0)
        self._state[_USED] -= length
        self._state[_COUNT] -= 1

    def _recount(self) -> None:
        """The sums of the live records, from the tail to the head."""
        position, used, count = self._state[_TAIL], 0, 0
        while position < self._state[_HEAD]:
            fingerprint, _, length = _KEYED.unpack_from(self._memory, self._offset(position))
            if fingerprint == _GAP:
                position += length
                continue
            if self._slot(fingerprint)[1] == position:
                used, count = used + length, count + 1
            position += _size(length)
        self._state[_USED], self._state[_COUNT] = used, count


def _size(length: int) -> int:
    """Bytes in the ring of a record whose value has so many."""
    return -(-(_HEADER + length) // _ALIGNMENT) * _ALIGNMENT
