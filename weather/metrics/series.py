"""The series of all worker processes, in memory that they inherit.

Each process has a block of its own, so that counting needs no lock between processes and loses
nothing. The block of a process that has died keeps its counts, and the next process goes on with
them: a lock on one byte of a file, which the system frees, says which blocks are free.
"""

from __future__ import annotations

import fcntl
import logging
import mmap
import os
import threading
import weakref
from collections.abc import Sequence

from weather.metrics.block import Block
from weather.stores.file_locks import unnamed_file

log = logging.getLogger(__name__)

# The first character of the keys of numbers that go up and down, and end with their process.
GAUGE = "="
BLOCK = 1 << 18  # bytes; pages that are not used take none
# A worker that is being replaced and its successor run at the same time.
_BLOCKS_PER_PROCESS, _MORE = 2, 2

Numbers = dict[str, list[float]]


class Series:
    """For so many `processes`, and those that replace them. Make it before the fork."""

    def __init__(self, processes: int = 1) -> None:
        self._blocks = _BLOCKS_PER_PROCESS * processes + _MORE
        self._memory = memoryview(mmap.mmap(-1, self._blocks * BLOCK))
        self._file = unnamed_file("weather-metrics")
        self._guard = threading.Lock()
        self._own: Block | None = None
        self._index: dict[str, int] = {}
        weakref.finalize(self, os.close, self._file)
        this = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _forget(this()))

    def add(self, key: str, amounts: Sequence[tuple[int, float]], count: int = 1) -> None:
        """Add amounts to some of the `count` numbers of a key, by their index."""
        with self._guard:
            first = self._index.get(key)
            if first is None:
                first = self._new(key, count)
            numbers = self._block.numbers
            for index, amount in amounts:
                numbers[first + index] += amount

    def set(self, key: str, value: float) -> None:
        """Replace this process's number of a key, which begins with `GAUGE`; it is part of the
        sum of all."""
        with self._guard:
            first = self._index.get(key)
            if first is None:
                first = self._new(key, 1)
            self._block.numbers[first] = value

    def sums(self) -> Numbers:
        """The numbers of each key, summed over the processes."""
        sums: Numbers = {}
        for number in range(self._blocks):
            block = self._at(number)
            for key, first, count in block.records():
                totals = sums.setdefault(key, [0.0] * count)
                for index in range(count):
                    totals[index] += block.numbers[first + index]
        return sums

    def reset(self) -> None:
        """After a fork: a block of its own for the child."""
        self._guard = threading.Lock()
        self._own, self._index = None, {}

    @property
    def _block(self) -> Block:
        if self._own is None:
            self._own = self._claimed()
            for key, first, _ in self._own.records():
                self._index[key] = first
                if key.startswith(GAUGE):  # of a process that is no more
                    self._own.numbers[first] = 0.0
        return self._own

    def _new(self, key: str, count: int) -> int:
        block = self._block
        if key in self._index:  # of the block's last owner
            return self._index[key]
        first = block.add(key, count)
        if first is None:  # more series than the code can make
            raise MemoryError("The metrics of this process have no room.")
        self._index[key] = first
        return first

    def _claimed(self) -> Block:
        for number in range(self._blocks):
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
            except OSError:
                continue
            return self._at(number)
        log.warning("There are more processes than metrics have room for: one is not counted")
        return Block(memoryview(mmap.mmap(-1, BLOCK)))

    def _at(self, number: int) -> Block:
        return Block(self._memory[number * BLOCK : (number + 1) * BLOCK])


def _forget(series: Series | None) -> None:
    if series is not None:
        series.reset()
