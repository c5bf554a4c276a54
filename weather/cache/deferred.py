"""A column of a stored entry, whose rows are unpacked when they are read: a line shows five fields
of one hour, of twenty fields of 400 hours."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from itertools import accumulate
from operator import add
from typing import Any, NamedTuple, Protocol

from weather.core.models.column import Column, Kind
from weather.core.ranges import Range

_FIRST = 128  # rows: those that have passed, and of the hours that most views show
_SIZE = 300  # bytes, of the objects


class Form(NamedTuple):
    kind: Kind
    scale: int
    read: str = ""  # the type code of the numbers; empty for a range
    stored: str = ""
    width: int = 0  # bytes of a stored number
    has_gaps: bool = False


class Reference(Protocol):
    """What predicts the numbers of a column, to which the residuals are added."""

    def predicted(self, rows: int) -> Sequence[int]:
        """The numbers of the first rows."""


class DeferredColumn(Column):
    """The stored numbers of a column (`weather/cache/columns.py`): residuals in planes of bytes,
    the numbers that differences begin with, and a reference.

    All values are missing if the numbers cannot be unpacked, and those out of bounds once they
    have been limited (`is_within`)."""

    __slots__ = (
        *("_bounds", "_count", "_first", "_form", "_marked", "_reference", "_residuals"),
        *("_start", "_whole"),
    )

    _form: Form
    _count: int
    _marked: int  # as missing
    _residuals: bytes | None
    _start: tuple[int, ...]
    _reference: Reference | None
    _bounds: Range | None
    _first: Column | None  # its first rows
    _whole: Column | None

    def __init__(
        self,
        form: Form,
        count: int,
        missing: int,
        *,
        residuals: bytes,
        start: tuple[int, ...],
        reference: Reference | None,
    ) -> None:
        # Columns are frozen: this one reads as if it had been unpacked from the beginning.
        put = object.__setattr__
        put(self, "kind", form.kind)
        put(self, "scale", form.scale)
        put(self, "bounds", None)
        put(self, "_form", form)
        put(self, "_count", count)
        put(self, "_marked", missing)
        put(self, "_residuals", residuals)
        put(self, "_start", start)
        put(self, "_reference", reference)
        put(self, "_bounds", None)
        put(self, "_first", None)
        put(self, "_whole", None)

    @property
    def numbers(self) -> Any:
        return self._until(self._count).numbers

    @property
    def missing(self) -> int:
        return self._until(self._count).missing

    def __len__(self) -> int:
        return self._count

    def value(self, index: int) -> Any:
        column = self._until(index + 1) if self._whole is None else self._whole
        return column.value(index)

    def values(self, start: int, stop: int) -> list[Any]:
        return self._until(stop).values(start, stop)

    def part(self, start: int, stop: int) -> Column:
        return self._until(stop).part(start, stop)

    def is_within(self, bounds: Range) -> bool:
        """A value that is not is missing from now on, unless all have been unpacked."""
        if self._whole is not None:
            return self._whole.is_within(bounds)
        object.__setattr__(self, "_bounds", bounds)
        object.__setattr__(self, "_first", None)
        return True

    def size(self) -> int:
        """Also of what is unpacked later."""
        width, packed = array(self._form.read).itemsize, self._count * self._form.width
        first = min(_FIRST, self._count) * width + packed
        return _SIZE + max(first, self._count * width) + sys.getsizeof(self._marked)

    def unpacked(self, rows: int) -> Column:
        """The first rows. Raises `OverflowError` for numbers that the column's type has not."""
        return self._unpack(self._residuals or b"", rows)

    def _until(self, stop: int) -> Column:
        """The column of the rows before `stop`, and perhaps of others."""
        # In this order: another thread puts the whole before it removes the residuals.
        residuals, whole, first = self._residuals, self._whole, self._first
        if whole is not None:
            return whole
        if first is not None and stop <= _FIRST:
            return first
        rows = self._count if stop > _FIRST else min(_FIRST, self._count)
        column = self._bounded(residuals or b"", rows)
        if rows < self._count:
            object.__setattr__(self, "_first", column)
            return column
        for name, value in (("_whole", column), ("_residuals", None), ("_first", None)):
            object.__setattr__(self, name, value)
        return column

    def _bounded(self, residuals: bytes, rows: int) -> Column:
        try:
            column = self._unpack(residuals, rows)
        except OverflowError:
            zeros = array(self._form.read, [0]) * rows
            return Column(self.kind, zeros, self.scale, missing=(1 << rows) - 1)
        numbers, missing, bounds = column.numbers, column.missing, self._bounds
        if bounds is None or not rows:
            return column
        low, high = bounds.low * column.scale, bounds.high * column.scale
        if low <= min(numbers) and max(numbers) <= high:
            return column
        outside = (row for row, number in enumerate(numbers) if not low <= number <= high)
        missing |= sum(1 << row for row in outside)
        return Column(column.kind, numbers, column.scale, missing)

    def _unpack(self, residuals: bytes, rows: int) -> Column:
        form, start = self._form, self._start
        packed = _joined(form, residuals, max(rows - len(start), 0))
        numbers: Sequence[int] = packed
        for first in reversed(start):
            numbers = list(accumulate(numbers, initial=first))
        if self._reference:
            numbers = list(map(add, numbers, self._reference.predicted(rows)))
        if numbers is not packed or form.read != form.stored:
            numbers = array(form.read, numbers)
        return Column(form.kind, numbers, form.scale, self._marked & (1 << rows) - 1)


def _joined(form: Form, planes: bytes, rows: int) -> array[Any]:
    """The first numbers, of the lowest bytes of all, then of the next ones."""
    packed: array[Any] = array(form.stored)
    size = form.width
    if size == 1:
        packed.frombytes(planes[:rows])
        return packed
    count = len(planes) // size
    numbers = bytearray(rows * size)
    for place in range(size):
        numbers[place::size] = planes[place * count : place * count + rows]
    packed.frombytes(numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed
