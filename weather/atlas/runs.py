"""Consecutive runs of blocks, by their lengths.

A byte is an index into a table of frequent lengths; 255 means the next of the rare ones. The starts
of all runs would be an array of six megabytes, for whose computation each start of the service
would wait: instead the start of each 128th is computed, when one is first looked up, and those
between are counted from there.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from weather.atlas.once import once

_ESCAPE = 255
_STEP = 128


class _Marks(NamedTuple):
    """Of each `_STEP`th run, and of the end."""

    starts: array[int]
    rare: array[int]  # how many of the rare lengths stand before


class Runs:
    """Raises `ValueError` if the number of the rare lengths is not that of their signs."""

    def __init__(
        self, first: int, codes: bytes, frequent: Sequence[int], rare: Sequence[int]
    ) -> None:
        if codes.count(_ESCAPE) != len(rare) or len(frequent) > _ESCAPE:
            raise ValueError("the lengths of runs do not fit together")
        self._first = first
        self._codes = codes
        self._rare = rare
        self._lengths = [*frequent, *[0] * (_ESCAPE + 1 - len(frequent))]
        self._marks = once(self._computed_marks)

    def prepare(self) -> None:
        """Computes what the first look-up needs, in a twentieth of a second."""
        self._marks()

    def __len__(self) -> int:
        return len(self._codes) + 1  # the last one has no end

    def starts(self) -> Iterator[int]:
        """The first block of each run."""
        rare = iter(self._rare)
        lengths = (next(rare) if c == _ESCAPE else self._lengths[c] for c in self._codes)
        return accumulate(lengths, initial=self._first)

    def run_at(self, block: int) -> int | None:
        """The run in which a block lies; None before the first."""
        marks = self._marks()
        mark = bisect_right(marks.starts, block) - 1
        if mark < 0:
            return None
        end, rare = marks.starts[mark], marks.rare[mark]
        for run in range(mark * _STEP, min((mark + 1) * _STEP, len(self._codes))):
            code = self._codes[run]
            end += self._rare[rare] if code == _ESCAPE else self._lengths[code]
            rare += code == _ESCAPE
            if block < end:
                return run
        return len(self._codes)

    def _computed_marks(self) -> _Marks:
        codes, length = self._codes, self._lengths.__getitem__
        chunks = [codes[at : at + _STEP] for at in range(0, len(codes), _STEP)]
        before = array("I", accumulate((chunk.count(_ESCAPE) for chunk in chunks), initial=0))
        sums = (
            sum(map(length, chunk)) + sum(self._rare[begin:end])
            for chunk, begin, end in zip(chunks, before, before[1:], strict=False)
        )
        return _Marks(array("Q", accumulate(sums, initial=self._first)), before)
