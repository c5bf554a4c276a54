"""A block of memory with the series of one process: text keys and their numbers.

A record is never moved or removed. Its owner alone writes; other processes read it meanwhile, and
see each number before or after a change, as a number is one aligned word.

    used      bytes of the block, this number included (of 64 bits)
    records   length of the key and count of the numbers (of 32 bits each), the key, padded to
              eight bytes, and the numbers (IEEE 754, of 64 bits)
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_WORD = 8
_LENGTHS = struct.Struct("=II")


class Block:
    """In `memory`, which is zero at first, and of which each word is a number of the machine."""

    def __init__(self, memory: memoryview) -> None:
        self._bytes = memory
        self._used = memory[:_WORD].cast("Q")
        self.numbers = memory.cast("d")

    def add(self, key: str, count: int) -> int | None:
        """A record with so many numbers, all 0: the index of the first one in `numbers`. None if
        there is no room."""
        name = key.encode()
        start = max(self._used[0], _WORD)
        first = start + _LENGTHS.size + -(-len(name) // _WORD) * _WORD
        end = first + count * _WORD
        if end > len(self._bytes):
            return None
        _LENGTHS.pack_into(self._bytes, start, len(name), count)
        self._bytes[start + _LENGTHS.size : start + _LENGTHS.size + len(name)] = name
        self._used[0] = end  # last, so that no other process reads half of a record
        return first // _WORD

    def records(self) -> Iterator[tuple[str, int, int]]:
        """The key of each record, the index of its first number, and how many it has."""
        position, used = _WORD, self._used[0]
        while position < used:
            length, count = _LENGTHS.unpack_from(self._bytes, position)
            start = position + _LENGTHS.size
            first = start + -(-length // _WORD) * _WORD
            yield bytes(self._bytes[start : start + length]).decode(), first // _WORD, count
            position = first + count * _WORD
