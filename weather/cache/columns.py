"""A series of hours as columns in one buffer: the times, and one column for each field.

A column is described in JSON, and its numbers lie in the buffer:

    type      i8 i16 i32 i64 f64 (little-endian), or bool (a byte for each value)
    scale     the numbers are floats, stored as whole multiples of 1/scale
    at        where the numbers begin: a multiple of eight bytes
    missing   where the bitmap of missing values begins, the first value in the lowest bit

A column without a value is left out. Floats become integers only where each is read back bit
for bit, so that no value changes; values of mixed types are a list in JSON (`values`).
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import accumulate, repeat
from operator import attrgetter, sub
from typing import Any

from weather.core.models import Conditions

Description = dict[str, Any]

_NAMES = tuple(field.name for field in fields(Conditions) if field.name != "valid_at")
_VALUES = attrgetter(*_NAMES)
_TYPES = {"i8": "b", "i16": "h", "i32": "i", "i64": "q", "f64": "d", "bool": "b"}
_WIDTHS = {"i8": 7, "i16": 15, "i32": 31, "i64": 63}  # bits, without the sign
_SCALES = (1, 10, 100)  # numbers are given with two decimals at most
_SAMPLE = 16  # values that choose a scale, before all are tried
_LONGEST = 100_000  # hours
_ALIGNMENT = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


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


def encode(hours: Sequence[Conditions], buffer: Buffer) -> Description:
    """Append the columns to the buffer and describe them."""
    columns = zip(*map(_VALUES, hours), strict=True) if hours else repeat((), len(_NAMES))
    described = {
        name: _encode_column(column, buffer)
        for name, column in zip(_NAMES, columns, strict=True)
        if any(value is not None for value in column)
    }
    times = _encode_times([hour.valid_at for hour in hours], buffer)
    return {"count": len(hours), "times": times, "columns": described}


def decode(series: Description, data: memoryview) -> tuple[Conditions, ...]:
    """The hours. Raises `ValueError`, `KeyError` or `TypeError` for another description."""
    count = series["count"]
    if not 0 <= count <= _LONGEST or not set(series["columns"]) <= set(_NAMES):
        raise ValueError("the series has an unknown form")
    columns: list[Sequence[Any]] = [_decode_times(series["times"], count, data)]
    for name in _NAMES:
        column = series["columns"].get(name)
        columns.append(_decode_column(column, count, data) if column else [None] * count)
    if any(len(column) != count for column in columns):
        raise ValueError("the series has columns of unequal length")
    return tuple(map(Conditions, *columns))


def _encode_times(times: list[datetime], buffer: Buffer) -> Description:
    """The first and the step where that is all; else microseconds since 1970."""
    steps = set(map(sub, times[1:], times))
    if times and len(steps) <= 1:
        step = steps.pop() if steps else timedelta()
        return {"start": (times[0] - _EPOCH) // _MICROSECOND, "step": step // _MICROSECOND}
    moments = array("q", [(moment - _EPOCH) // _MICROSECOND for moment in times])
    return {"at": buffer.append(_little_endian(moments).tobytes())}


def _decode_times(times: Description, count: int, data: memoryview) -> Sequence[datetime]:
    if "at" in times:
        moments = _array("q", times["at"], count, data)
        return [_EPOCH + timedelta(microseconds=moment) for moment in moments]
    start: Any = _EPOCH + timedelta(microseconds=times["start"])
    step = timedelta(microseconds=times["step"])
    return list(accumulate(repeat(step, count - 1), initial=start))


def _encode_column(values: Sequence[Any], buffer: Buffer) -> Description:
    types = set(map(type, values)) - {type(None)}
    known = [0 if value is None else value for value in values] if None in values else values
    numbers = _numbers(types, known)
    if numbers is None:
        return {"values": list(values)}
    description, packed = numbers
    description["at"] = buffer.append(_little_endian(packed).tobytes())
    if known is not values:
        bits = sum(1 << index for index, value in enumerate(values) if value is None)
        description["missing"] = buffer.append(bits.to_bytes((len(values) + 7) // 8, "little"))
    return description


def _numbers(types: set[type], values: Sequence[Any]) -> tuple[Description, array[Any]] | None:
    """A column's values packed, and how; None where they are of mixed types."""
    if types == {bool}:
        return {"type": "bool"}, array("b", values)
    if types == {int}:
        return _integers(values)
    if types == {float}:
        return _scaled(values) or ({"type": "f64"}, array("d", values))
    return None


def _integers(values: Sequence[int]) -> tuple[Description, array[int]] | None:
    """In the narrowest type that holds them; None if none does."""
    bits = max(*values, ~min(values)).bit_length()
    name = next((name for name, width in _WIDTHS.items() if bits <= width), None)
    return None if name is None else ({"type": name}, array(_TYPES[name], values))


def _scaled(values: Sequence[float]) -> tuple[Description, array[int]] | None:
    """As whole multiples of a fraction; None if a value would change."""
    for scale in _SCALES:
        if _multiples(values[:_SAMPLE], scale) and (multiples := _multiples(values, scale)):
            packed = _integers(multiples)
            return ({**packed[0], "scale": scale}, packed[1]) if packed else None
    return None


def _multiples(values: Sequence[float], scale: int) -> list[int] | None:
    try:
        multiples = [round(value * scale) for value in values]
        if [multiple / scale for multiple in multiples] != list(values):
            return None
    except (OverflowError, ValueError):  # infinite, not a number, or beyond a float's range
        return None
    # Zero compares equal to negative zero, which no integer is.
    negative_zero = 0 in multiples and any(
        not value and math.copysign(1, value) < 0 for value in values
    )
    return None if negative_zero else multiples


def _decode_column(column: Description, count: int, data: memoryview) -> Sequence[Any]:
    if "values" in column:
        return list(column["values"])
    packed: Sequence[Any] = _array(_TYPES[column["type"]], column["at"], count, data)
    if scale := column.get("scale"):
        packed = [multiple / scale for multiple in packed]
    elif column["type"] == "bool":
        packed = list(map(bool, packed))
    if "missing" not in column:
        return packed
    start = column["missing"]
    bits = int.from_bytes(data[start : start + (count + 7) // 8], "little")
    return [None if bits >> index & 1 else value for index, value in enumerate(packed)]


def _array(code: str, start: int, count: int, data: memoryview) -> array[Any]:
    packed: array[Any] = array(code)
    packed.frombytes(data[start : start + count * packed.itemsize])
    return _little_endian(packed)


def _little_endian(packed: array[Any]) -> array[Any]:
    """Swapped on a big-endian machine, which is its own inverse."""
    if sys.byteorder == "big":
        packed.byteswap()
    return packed
