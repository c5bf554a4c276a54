"""The stored form of rows: a description in JSON, and the numbers of all columns in one buffer.

Rows are described by their count, by where their numbers begin, and by their columns:

    ["decimal/10 i16 i8", 147, 3]   The values are numbers divided by ten. As they are read they
                                    have 16 bits; stored are their second differences in 8 bits,
                                    as there are two numbers to begin with: 147, and 3 from it to
                                    the next
    [form, …, ["wind_speed", 6080, 1232]]  To these numbers (6080 · n + 1232) / 4096 is added of
                                    each number n of another column
    [form, …, ["formula"]]          … the apparent temperature of temperature, humidity and wind
    ["moment/1 range", 1764111600, 3600]  Numbers with equal steps
    ["values", 1.5, null]           Values in JSON, where no numbers give back each bit for bit
    ["follows"]                     Computed: the dew point from temperature and humidity, or a
                                    field of days from their hours
    ["follows", 52.52, 13.4]        Computed at this latitude and longitude: `is_day` from the
                                    hours' moments, or under "astronomy" all fields of sun and moon
                                    from the days' dates

The columns' numbers stand one after the other in the buffer, each column's with the lowest bytes
of all numbers first and then the higher ones, since those hardly differ. If the form ends with
"gaps", a bitmap of the missing values precedes them, the first value in the lowest bit. A column
without a value is left out.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeVar, get_args

from weather.cache import following, prediction
from weather.cache.deferred import DeferredColumn, Form
from weather.cache.following import ASTRONOMY, FOLLOWS, Description
from weather.cache.references import (
    FORMULA,
    Line,
    Reference,
    formula,
    has_integers,
)
from weather.core.day_aggregates import LocalHours
from weather.core.dew_points import DewPoints
from weather.core.models.column import Column, Kind
from weather.core.models.rows import Days, Rows

Numbers = Sequence[Any]
AnyRows = TypeVar("AnyRows", bound=Rows[Any])

_CODES = {"i8": "b", "i16": "h", "i32": "i", "i64": "q", "f64": "d"}
_NAMES = {code: name for name, code in _CODES.items()}
_KINDS = frozenset(get_args(Kind)) - {"any"}
_SCALES = {"decimal": (1, 10, 100, 1000), "moment": (1, 1_000_000), "duration": (1, 1_000_000)}
# The least and the greatest number at scale 1: seconds since 1970, seconds, and ordinals.
_LIMITS = {
    "moment": (-62_135_596_800, 253_402_300_799),
    "duration": (-86_399_999_913_600, 86_399_999_999_999),
    "date": (1, date.max.toordinal()),
}
_VALUES, _RANGE, _GAPS = "values", "range", "gaps"
_FOLLOWING = "dew_point"
_DESCRIPTION = frozenset({"count", "at", "columns"})
_MOST_ROWS = 100_000
_WORTH_BLOCKS = 100  # rows: the description of a block's code takes some 40 bytes
_MOST_DIFFERENCES = 3  # of differences
_FEW = 12  # rows, which take no longer to unpack than to defer
_KEYS = frozenset({"valid_at", "date"})  # by which rows are found


class Buffer(bytearray):
    """The numbers of all columns, and where those begin that are compressed with another code."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[int] = []


def encode(rows: Rows[Any], buffer: Buffer, local: LocalHours | None = None) -> dict[str, Any]:
    """Append the columns to the buffer and describe them. `local` are the hours of days, which are
    stored with them: what can be computed from the hours or the dates is only described."""
    start = len(buffer)
    described, columns = following.split(rows, local)
    for name in prediction.in_order(columns):
        if len(rows) >= _WORTH_BLOCKS and prediction.starts_block(name):
            buffer.blocks.append(len(buffer))
        described[name] = _encode(name, columns, buffer)
    return {"count": len(rows), "at": start, "columns": described}


def decode(
    form: type[AnyRows],
    description: dict[str, Any],
    data: memoryview,
    local: LocalHours | None = None,
) -> AnyRows:
    """The rows; `local` are the hours of days. Raises `ValueError`, `KeyError`, `TypeError`,
    `OverflowError` or `InvalidLocation` for another description."""
    if description.keys() != _DESCRIPTION:
        raise ValueError("the rows have an unknown description")
    count, at, described = description["count"], description["at"], description["columns"]
    if not 0 <= count <= _MOST_ROWS or at < 0 or not described.keys() <= _names(form):
        raise ValueError("the rows have an unknown form")
    follow = following.of_rows(described)
    reader = _Reader(count, data, at)
    for name, column in described.items():
        if name not in follow:
            reader.read(name, *column)
    read = reader.columns
    if follow:
        read |= following.columns(follow, read, local)
    # With the names of the form, of which there is one for all entries.
    return form({name: read[name] for name in form.NAMES if name in read}, 0, count)


@cache
def _names(form: type[Rows[Any]]) -> frozenset[str]:
    """Of what there may be a description."""
    return frozenset((*form.NAMES, ASTRONOMY) if form is Days else form.NAMES)


def _encode(name: str, columns: Mapping[str, Column], buffer: bytearray) -> Description:
    column = columns[name]
    if isinstance(column, DewPoints):
        return [FOLLOWS]
    numbers = column.numbers
    if not isinstance(numbers, range | array):
        return [_VALUES, *numbers]
    kind = f"{column.kind}/{column.scale}" if column.kind in _SCALES else column.kind
    if isinstance(numbers, range):
        return [f"{kind} {_RANGE}", numbers.start, numbers.step]
    residuals = prediction.residuals(name, columns)
    form = f"{kind} {_NAMES[numbers.typecode]} {_NAMES[residuals.numbers.typecode]}"
    if column.missing:
        form += f" {_GAPS}"
        buffer += column.missing.to_bytes((len(column) + 7) // 8, "little")
    buffer += _planes(residuals.numbers)
    reference = [residuals.reference.described()] if residuals.reference else []
    return [form, *residuals.start, *reference]


class _Reader:
    """Reads columns one after the other, beginning `at` a place in the data."""

    def __init__(self, count: int, data: memoryview, at: int) -> None:
        self._count = count
        self._data = data
        self._at = at
        self.columns: dict[str, Column] = {}

    def read(self, name: str, text: str, *start: Any) -> None:
        if text == _VALUES:
            if len(start) != self._count:
                raise ValueError("a column of another length")
            self.columns[name] = Column("any", list(start))
        elif text == FOLLOWS and name == _FOLLOWING:
            of = map(self.columns.__getitem__, prediction.OF_DEW_POINT)
            self.columns[name] = DewPoints.following(*of)
        else:
            self.columns[name] = self._column(name, _form(text), start)

    def _column(self, name: str, form: Form, start: tuple[Any, ...]) -> Column:
        if not form.read:
            first, step = start
            steady = range(first, first + self._count * step, step)
            return _checked(Column(form.kind, steady, form.scale))
        missing = self._missing() if form.has_gaps else 0
        reference = None
        if start and isinstance(start[-1], list):
            start, (of, *numbers) = start[:-1], start[-1]
            reference = self._reference(of, *numbers)
        if start and (not set(map(type, start)) <= {int} or len(start) > _MOST_DIFFERENCES):
            raise ValueError("a column does not begin with one or some whole numbers")
        residuals = self._taken((self._count - len(start)) * form.width)
        column = DeferredColumn(
            *(form, self._count, missing), residuals=residuals, start=start, reference=reference
        )
        if self._count < _FEW or name in _KEYS or form.kind == "float":
            return _checked(column.unpacked(self._count))
        return column

    def _reference(self, of: str, *line: Any) -> Reference:
        if line:
            slope, offset = line
            column = self.columns[of]
            whole = type(slope) is int and type(offset) is int
            if not whole or not has_integers(column):
                raise ValueError("a column refers to another without whole numbers")
            return Line(of, column, slope, offset)
        reference = formula(self.columns) if of == FORMULA else None
        if reference is None:
            raise ValueError("a column is predicted by what is not there")
        return reference

    def _missing(self) -> int:
        bitmap = int.from_bytes(self._taken((self._count + 7) // 8), "little")
        return bitmap & (1 << self._count) - 1

    def _taken(self, size: int) -> bytes:
        end = self._at + size
        if size < 0 or end > len(self._data):
            raise ValueError("the buffer ends within a column")
        taken = bytes(self._data[self._at : end])
        self._at = end
        return taken


@lru_cache(maxsize=256)
def _form(text: str) -> Form:
    """Raises `ValueError` for an unknown form."""
    of_kind, *types = text.split(" ")
    kind, _, scale = of_kind.partition("/")
    factor = int(scale or "1")
    written = f"{kind}/{factor}" if kind in _SCALES else kind
    if kind not in _KINDS or written != of_kind or factor not in _SCALES.get(kind, (1,)):
        raise ValueError("a column has an unknown kind or scale")
    known: Kind = kind  # type: ignore[assignment]  # which is one of them
    if types == [_RANGE]:
        return Form(known, factor)
    has_gaps = types[2:] == [_GAPS]
    if len(types) != 2 + has_gaps or not _CODES.keys() >= set(types[:2]):
        raise ValueError("a column has an unknown type")
    read, stored = (_CODES[name] for name in types[:2])
    if (known == "float") != (read == "d") or (read == "d") != (stored == "d"):
        raise ValueError("a column has a type of another kind")
    return Form(known, factor, read, stored, array(stored).itemsize, has_gaps)


def _checked(column: Column) -> Column:
    """Raises `ValueError` for a number that is no moment, duration or date."""
    limits = _LIMITS.get(column.kind)
    if limits and column.numbers:
        numbers = column.numbers
        ends = (numbers[0], numbers[-1]) if isinstance(numbers, range) else numbers
        lowest, highest = (limit * column.scale for limit in limits)
        if min(ends) < lowest or highest < max(ends):
            raise ValueError("a number is beyond all times")
    return column


def _planes(packed: array[Any]) -> bytes:
    """The lowest bytes of all numbers, then the next ones, up to the highest."""
    data = _little_endian(packed).tobytes()
    return b"".join(data[place :: packed.itemsize] for place in range(packed.itemsize))


def _little_endian(packed: array[Any]) -> array[Any]:
    """A swapped copy on a big-endian machine."""
    if sys.byteorder == "little":
        return packed
    swapped = packed[:]
    swapped.byteswap()
    return swapped
