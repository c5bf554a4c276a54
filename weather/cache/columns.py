"""The stored form of rows: a description in JSON, and the numbers of all columns in one buffer.

A column is described by

    type      i8 i16 i32 i64 f64, or bool (a byte for each value)
    at        where the section begins: a multiple of eight bytes. It holds the lowest bytes of
              all numbers, and then the higher ones, since those hardly differ
    scale     the values are the numbers divided by it
    quantity  moment, duration (in seconds) or date (an ordinal), where they are no numbers
    missing   where the bitmap of missing values begins, the first value in the lowest bit
    sums      the type of the numbers, if the section holds the differences from one to the next
    first     then, the first number
    stride    then, what is to be added to each difference

or, of moments, by the first number and the step between them; or by its values in JSON, where no
column of numbers gives back each bit for bit. A column without a value is left out.
"""

from __future__ import annotations

import sys
from array import array
from itertools import accumulate, pairwise
from operator import add, sub
from typing import Any, TypeVar

from weather.core.models.column import Column, Kind
from weather.core.models.rows import Rows

Description = dict[str, Any]
AnyRows = TypeVar("AnyRows", bound=Rows[Any])

_TYPES = {"i8": "b", "i16": "h", "i32": "i", "i64": "q", "f64": "d", "bool": "b"}
_WHOLE = _TYPES.keys() - {"f64", "bool"}
_NAMES = {code: name for name, code in _TYPES.items() if name != "bool"}
_SCALED: tuple[Kind, ...] = ("decimal", "moment", "duration")
_NO_NUMBERS: tuple[Kind, ...] = ("moment", "duration", "date")
_SCALES = {"decimal": (1, 10, 100, 1000), "moment": (1, 1_000_000), "duration": (1, 1_000_000)}
_MOST_ROWS = 100_000
_ALIGNMENT = 8
_HALF_BYTE, _HALF_WORD = 0x80, 0x8000
_SAMPLE = 100  # numbers, which are four days of hours
_SMOOTH = 20  # times the mean difference is less than the span, at least


class Buffer:
    """The numbers of all columns, one section after the other."""

    def __init__(self) -> None:
        self.data = bytearray()

    def append(self, section: bytes) -> int:
        """Where the section begins, in bytes."""
        self.data += bytes(-len(self.data) % _ALIGNMENT)
        start = len(self.data)
        self.data += section
        return start


def encode(rows: Rows[Any], buffer: Buffer) -> Description:
    """Append the columns to the buffer and describe them."""
    columns = {name: _encode(column, buffer) for name, column in rows.packed().items()}
    return {"count": len(rows), "columns": columns}


def decode(form: type[AnyRows], description: Description, data: memoryview) -> AnyRows:
    """The rows. Raises `ValueError`, `KeyError`, `TypeError` or `OverflowError` for another
    description."""
    count, described = description["count"], description["columns"]
    if not 0 <= count <= _MOST_ROWS or not described.keys() <= set(form.NAMES):
        raise ValueError("the rows have an unknown form")
    # With the names of the form, of which there is one for all entries.
    columns = {
        name: _decode(described[name], count, data) for name in form.NAMES if name in described
    }
    if any(len(column) != count for column in columns.values()):
        raise ValueError("the rows have columns of unequal length")
    return form(columns, 0, count)


def _encode(column: Column, buffer: Buffer) -> Description:
    numbers = column.numbers
    if not isinstance(numbers, range | array):
        return {"values": numbers}
    described: Description = {}
    if column.kind in _SCALED:
        described["scale"] = column.scale
    if column.kind in _NO_NUMBERS:
        described["quantity"] = column.kind
    if isinstance(numbers, range):
        return {**described, "start": numbers.start, "step": numbers.step}
    name = "bool" if column.kind == "bool" else _NAMES[numbers.typecode]
    if name != "bool" and (differences := _differences(numbers, column.kind)):
        name = _NAMES[differences[0].typecode]
        described.update(differences[1])
        numbers = differences[0]
    described = {"type": name, **described, "at": buffer.append(_planes(numbers))}
    if column.missing:
        bitmap = column.missing.to_bytes((len(column) + 7) // 8, "little")
        described["missing"] = buffer.append(bitmap)
    return described


def _differences(numbers: array[Any], kind: Kind) -> tuple[array[int], Description] | None:
    """The differences from number to number and how the numbers follow from them; None where they
    do not take so many fewer bits that they are worth the time to add them up again."""
    is_time = kind in _NO_NUMBERS
    if len(numbers) < 2 or not (is_time or (kind == "decimal" and _is_smooth(numbers[:_SAMPLE]))):
        return None
    first = numbers[0]
    stride = (numbers[-1] - first) // (len(numbers) - 1) if is_time else 0
    differences = [after - before - stride for before, after in pairwise(numbers)]
    greatest, least = max(differences), min(differences)
    extent = max(greatest, ~least)
    if extent >= _HALF_WORD:
        return None
    described = {"sums": _NAMES[numbers.typecode], "first": first}
    packed = array("b" if extent < _HALF_BYTE else "h", differences)
    return packed, {**described, "stride": stride} if stride else described


def _is_smooth(sample: array[int]) -> bool:
    steps: int = sum(map(abs, map(sub, sample[1:], sample)))
    return bool(steps * _SMOOTH < len(sample) * (max(sample) - min(sample)))


def _decode(column: Description, count: int, data: memoryview) -> Column:
    if "values" in column:
        return Column("any", list(column["values"]))
    kind, scale = _kind(column), column.get("scale", 1)
    if scale not in _SCALES.get(kind, (1,)):
        raise ValueError("a column has an unknown scale")
    if "step" in column:
        start, step = column["start"], column["step"]
        read = Column(kind, range(start, start + count * step, step), scale)
    else:
        read = Column(kind, _array(column, count, data), scale, _missing(column, count, data))
    _check(read)
    return read


def _kind(column: Description) -> Kind:
    kind: Kind | None = column.get("quantity")
    if kind is not None:
        if kind not in _NO_NUMBERS:
            raise ValueError("a column has an unknown quantity")
        return kind
    if column["type"] in {"bool", "f64"}:
        return "bool" if column["type"] == "bool" else "float"
    return "decimal" if "scale" in column else "int"


def _check(column: Column) -> None:
    """Raises an error for a number that is no moment, duration or date."""
    if column.kind in _NO_NUMBERS and column.numbers:
        ends = array("q", (min(column.numbers), max(column.numbers)))
        Column(column.kind, ends, column.scale).values(0, len(ends))


def _missing(column: Description, count: int, data: memoryview) -> int:
    if "missing" not in column:
        return 0
    start = column["missing"]
    return int.from_bytes(data[start : start + (count + 7) // 8], "little") & (1 << count) - 1


def _array(column: Description, count: int, data: memoryview) -> array[Any]:
    start = column["at"]
    if "sums" not in column:
        return _of_planes(column["type"], data[start:], count)
    if column["sums"] not in _WHOLE or column["type"] not in _WHOLE:
        raise ValueError("a column has sums that are no whole numbers")
    differences = _of_planes(column["type"], data[start:], max(count - 1, 0))
    sums = list(accumulate(differences, initial=column["first"]))
    if stride := column.get("stride", 0):
        sums = list(map(add, sums, range(0, stride * count, stride)))
    return array(_TYPES[column["sums"]], sums)


def _planes(packed: array[Any]) -> bytes:
    """The lowest bytes of all numbers, then the next ones, up to the highest."""
    data = _little_endian(packed).tobytes()
    return b"".join(data[place :: packed.itemsize] for place in range(packed.itemsize))


def _of_planes(name: str, data: memoryview, count: int) -> array[Any]:
    """Raises `ValueError` for too little data."""
    packed: array[Any] = array(_TYPES[name])
    size = packed.itemsize
    numbers = bytearray(count * size)
    for place in range(size):
        numbers[place::size] = data[place * count : (place + 1) * count]
    packed.frombytes(numbers)
    return _little_endian(packed)


def _little_endian(packed: array[Any]) -> array[Any]:
    """A swapped copy on a big-endian machine."""
    if sys.byteorder == "little":
        return packed
    swapped = packed[:]
    swapped.byteswap()
    return swapped
