"""Consecutive runs of blocks, by their lengths.

A byte is an index into a table of frequent lengths; 255 means the next of the rare ones. The starts
of all runs would be an array of six megabytes: there is the start of each 128th, and those between
are counted from there.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from weather.core.dataclass import dataclass

_ESCAPE = 255
_STEP = 128


@dataclass(frozen=True, slots=True)
class Runs:
    first: int
    codes: Sequence[int]
    lengths: Sequence[int]  # by the code
    rare: Sequence[int]
    marks: Sequence[int]  # the start of each `_STEP`th run, and where the last one begins
    rare_before: Sequence[int]  # how many of the rare lengths stand before them

    def __len__(self) -> int:
        return len(self.codes) + 1  # the last one has no end

    def starts(self) -> Iterator[int]:
        """The first block of each run."""
        rare = iter(self.rare)
        lengths = (next(rare) if code == _ESCAPE else self.lengths[code] for code in self.codes)
        return accumulate(lengths, initial=self.first)

    def run_at(self, block: int) -> int | None:
        """The run in which a block lies; None before the first."""
        mark = bisect_right(self.marks, block) - 1
        if mark < 0:
            return None
        end, rare = self.marks[mark], self.rare_before[mark]
        for run in range(mark * _STEP, min((mark + 1) * _STEP, len(self.codes))):
            code = self.codes[run]
            end += self.rare[rare] if code == _ESCAPE else self.lengths[code]
            rare += code == _ESCAPE
            if block < end:
                return run
        return len(self.codes)


def runs(first: int, codes: bytes, frequent: Sequence[int], rare: Sequence[int]) -> Runs:
    """Raises `ValueError` if the number of the rare lengths is not that of their signs."""
    if codes.count(_ESCAPE) != len(rare) or len(frequent) > _ESCAPE:
        raise ValueError("the lengths of runs do not fit together")
    lengths = array("Q", [*frequent, *[0] * (_ESCAPE + 1 - len(frequent))])
    chunks = [codes[at : at + _STEP] for at in range(0, len(codes), _STEP)]
    before = array("I", accumulate((chunk.count(_ESCAPE) for chunk in chunks), initial=0))
    sums = (
        sum(map(lengths.__getitem__, chunk)) + sum(rare[begin:end])
        for chunk, begin, end in zip(chunks, before, before[1:], strict=False)
    )
    marks = array("Q", accumulate(sums, initial=first))
    return Runs(first, array("B", codes), lengths, rare, marks, before)
