"""A column of a stored entry, whose rows are unpacked when they are read: a line shows five fields
of one hour, of twenty fields of 400 hours."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from weather.cache import prediction
from weather.core.models.column import Column, Kind
from weather.core.ranges import Range

_FIRST = 128  # rows: those that have passed, and of the hours that most views show
_SIZE = 500  # bytes, of the objects


class Form(NamedTuple):
    kind: Kind
    scale: int
    read: str = ""  # the type code of the numbers; empty for a range
    stored: str = ""
    width: int = 0  # bytes of a stored number
    has_gaps: bool = False


class Packed(NamedTuple):
    """The stored numbers of a column of so many rows (`weather/cache/columns.py`): residuals in
    planes of bytes, the numbers that differences begin with, and the line through the numbers of
    another column that is added."""

    form: Form
    rows: int
    missing: int
    residuals: bytes
    start: tuple[int, ...] = ()
    of: Column | None = None
    slope: int = 0
    offset: int = 0

    def unpacked(self, first: int) -> Column:
        """The first rows. Raises `OverflowError` for numbers that the column's type has not."""
        form, start = self.form, self.start
        residuals = self._residuals(first - len(start))
        numbers: Sequence[int] = residuals
        for number in reversed(start):
            numbers = list(accumulate(numbers, initial=number))
        if self.of is not None:
            of = self.of.part(0, first).numbers
            numbers = prediction.added(numbers, of, self.slope, self.offset)
        if numbers is not residuals or form.read != form.stored:
            numbers = array(form.read, numbers)
        return Column(form.kind, numbers, form.scale, self.missing & (1 << first) - 1)

    def _residuals(self, first: int) -> array[Any]:
        """Those of the first rows, of the lowest bytes of all rows, then of the next ones."""
        packed: array[Any] = array(self.form.stored)
        size, first = self.form.width, max(first, 0)
        if size == 1:
            packed.frombytes(self.residuals[:first])
            return packed
        count = len(self.residuals) // size
        numbers = bytearray(first * size)
        for place in range(size):
            numbers[place::size] = self.residuals[place * count : place * count + first]
        packed.frombytes(numbers)
        if sys.byteorder == "big":
            packed.byteswap()
        return packed


class DeferredColumn(Column):
    """All values are missing if the numbers cannot be unpacked, and those out of bounds once they
    have been limited (`is_within`)."""

    __slots__ = ("_bounds", "_packed", "_unpacked")

    _packed: Packed
    _bounds: Range | None
    _unpacked: Column | None

    def __init__(self, packed: Packed) -> None:
        # Columns are frozen: this one reads as if it had been unpacked from the beginning.
        put = object.__setattr__
        put(self, "kind", packed.form.kind)
        put(self, "scale", packed.form.scale)
        put(self, "_packed", packed)
        put(self, "_bounds", None)
        put(self, "_unpacked", None)

    @property
    def numbers(self) -> Any:
        return self._until(len(self)).numbers

    @property
    def missing(self) -> int:
        return self._until(len(self)).missing

    def __len__(self) -> int:
        return self._packed.rows

    def value(self, index: int) -> Any:
        return self._until(index + 1).value(index)

    def values(self, start: int, stop: int) -> list[Any]:
        return self._until(stop).values(start, stop)

    def part(self, start: int, stop: int) -> Column:
        return self._until(stop).part(start, stop)

    def is_within(self, bounds: Range) -> bool:
        """Always: a value that is not is missing from now on."""
        if bounds != self._bounds:
            object.__setattr__(self, "_bounds", bounds)
            object.__setattr__(self, "_unpacked", None)
        return True

    def size(self) -> int:
        """Also of what is unpacked later."""
        packed = self._packed
        width = array(packed.form.read).itemsize
        rows = max(min(_FIRST, packed.rows) * width + len(packed.residuals), packed.rows * width)
        return _SIZE + rows + sys.getsizeof(packed.missing)

    def _until(self, stop: int) -> Column:
        """The column of the rows before `stop`, and perhaps of others."""
        known, packed = self._unpacked, self._packed
        rows = packed.rows if stop > _FIRST else min(_FIRST, packed.rows)
        if known is None or len(known) < rows:
            known = _bounded(packed, rows, self._bounds)
            object.__setattr__(self, "_unpacked", known)
        return known


def _bounded(packed: Packed, rows: int, bounds: Range | None) -> Column:
    try:
        column = packed.unpacked(rows)
    except OverflowError:
        return Column("any", [None] * rows)
    numbers, missing = column.numbers, column.missing
    if bounds and rows:
        low, high = bounds.low * column.scale, bounds.high * column.scale
        if min(numbers) < low or high < max(numbers):
            missing |= sum(
                1 << row for row, number in enumerate(numbers) if not low <= number <= high
            )
    return Column(column.kind, numbers, column.scale, missing)
