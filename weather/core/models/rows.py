"""The hours and the days of a forecast, as columns.

A forecast has hundreds of hours of which a response shows a few: an object is made of a row only
when it is read. `column` gives one field of many rows as a plain list, which is all that a chart
or a sum needs:

    hours = Hours.of(report.hours)[:24]
    hours.column("temperature")             # [12.4, 12.1, None, …], in °C
    hours.between(midnight, noon).column("precipitation")
"""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, overload

from weather.core.models.column import Column, moment_number
from weather.core.models.conditions import Conditions
from weather.core.models.day import Astronomy, Day
from weather.core.models.lazy_records import Read, lazy_astronomy, lazy_conditions, lazy_day

Row = TypeVar("Row")
Self = TypeVar("Self", bound="Rows[Any]")


class Rows(Sequence[Row]):
    """Records of one class; a slice is a view of the same columns. It equals a tuple or list of
    equal records. A field of which no row has a value needs no column."""

    __slots__ = ("_columns", "_start", "_stop")
    NAMES: ClassVar[tuple[str, ...]]

    def __init__(self, columns: Mapping[str, Column], start: int, stop: int) -> None:
        """The rows from `start` to before `stop` of columns, all of one length, which is `stop` at
        least."""
        self._columns = columns
        self._start = start
        self._stop = stop

    @classmethod
    def of(cls: type[Self], rows: Iterable[Any]) -> Self:
        """The columns of any records; without work if `rows` are columns already."""
        if isinstance(rows, cls):
            return rows
        values = list(map(attrgetter(*cls.NAMES), rows))
        columns = zip(*values, strict=True) if values else ()
        return cls.of_columns(dict(zip(cls.NAMES, columns, strict=bool(values))))

    @classmethod
    def of_columns(cls: type[Self], values: Mapping[str, Sequence[Any]]) -> Self:
        """Rows from the values of each field, all of one length; others are missing."""
        known = {name: column for name, column in values.items() if _has_values(column)}
        count = len(next(iter(values.values()), ()))
        if any(len(column) != count for column in values.values()):
            raise ValueError("columns of different lengths")
        return cls({name: Column.of(column) for name, column in known.items()}, 0, count)

    @classmethod
    def of_packed(cls: type[Self], columns: Mapping[str, Column]) -> Self:
        """Rows from packed columns, all of one length."""
        count = len(next(iter(columns.values()), ()))
        if any(len(column) != count for column in columns.values()):
            raise ValueError("columns of different lengths")
        return cls(
            {name: column for name, column in columns.items() if column.has_values}, 0, count
        )

    def column(self, name: str) -> list[Any]:
        """The values of a field, one for each row; None where it is missing."""
        column = self._columns.get(name)
        if column is None:
            return [None] * len(self)
        return column.values(self._start, self._stop)

    @property
    def columns(self) -> Mapping[str, Column]:
        """The columns that these rows are a part of: the same object for all parts of them."""
        return self._columns

    def part(self, name: str) -> Column | None:
        """The packed values of a field; None if no row of the whole has a value."""
        column = self._columns.get(name)
        return column and column.part(self._start, self._stop)

    def packed(self) -> dict[str, Column]:
        """The columns of these rows by field, without those that have no value."""
        if self._is_whole():
            return dict(self._columns)
        return {name: c.part(self._start, self._stop) for name, c in self._columns.items()}

    def with_columns(self: Self, **values: Sequence[Any]) -> Self:
        """The rows with fields replaced by one value for each row."""
        added = type(self).of_columns(values)
        if len(added) != len(self):
            raise ValueError("columns of different lengths")
        columns = {name: c for name, c in self.packed().items() if name not in values}
        return type(self)({**columns, **added.packed()}, 0, len(self))

    def followed_by(self: Self, others: Self) -> Self:
        """These rows and then others."""
        return type(self).of_columns({n: self.column(n) + others.column(n) for n in self.NAMES})

    def size(self) -> int:
        """Bytes in memory, of the whole columns of which these rows may be a part."""
        return sum(column.size() for column in self._columns.values())

    @abstractmethod
    def __iter__(self) -> Iterator[Row]: ...

    @abstractmethod
    def _lazy_row(self, read: Read) -> Row:
        """The record that reads its fields when they are needed."""

    def _is_whole(self) -> bool:
        first = next(iter(self._columns.values()), ())  # all columns have one length
        return not self._start and len(first) == self._stop

    def __len__(self) -> int:
        return self._stop - self._start

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self: Self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step != 1:
                return type(self).of(list(self)[index])
            return type(self)(self._columns, self._start + start, self._start + max(start, stop))
        if not -len(self) <= index < len(self):
            raise IndexError("there is no such row")
        return self._lazy_row(partial(self.value, row=index))

    def value(self, name: str, row: int) -> Any:
        """A field of one row, counted from 0, or from the end if negative; None where missing."""
        column = self._columns.get(name)
        if column is None:
            return None
        return column.value((self._stop if row < 0 else self._start) + row)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            return type(self) is type(other) and all(
                self.column(name) == other.column(name) for name in self.NAMES
            )
        return list(self) == list(other) if isinstance(other, tuple | list) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Hours(Rows[Conditions]):
    """Conditions by the hour, ascending."""

    __slots__ = ()
    NAMES = tuple(field.name for field in fields(Conditions))

    def between(self, start: datetime | None = None, end: datetime | None = None) -> Hours:
        """The hours from `start` on and before `end`."""
        first = 0 if start is None else self.count_before(start)
        return self[first : len(self) if end is None else max(first, self.count_before(end))]

    def count_before(self, moment: datetime) -> int:
        """How many hours are before a moment, by bisection."""
        column = self._columns.get("valid_at")
        if column is None or column.kind != "moment":
            return 0
        number = moment_number(moment, column.scale)
        return bisect_left(column.numbers, number, self._start, self._stop) - self._start

    def count_until(self, moment: datetime) -> int:
        """How many hours are before a moment or at it."""
        return self.count_before(moment + timedelta.resolution)

    def seconds(self) -> Sequence[float]:
        """The moments in seconds since 1970."""
        column = self.part("valid_at")
        if column is None or column.kind != "moment" or column.missing:
            return [moment.timestamp() for moment in self.column("valid_at")]
        if column.scale == 1:
            return column.numbers
        return [number / column.scale for number in column.numbers]

    def __iter__(self) -> Iterator[Conditions]:
        return map(Conditions, *map(self.column, self.NAMES))

    def _lazy_row(self, read: Read) -> Conditions:
        return lazy_conditions(read)


class Days(Rows[Day]):
    """Local days, ascending; `column` also gives fields as "astronomy.sunrise"."""

    __slots__ = ()
    NAMES = (
        "date",
        *(f"astronomy.{field.name}" for field in fields(Astronomy)),
        *(field.name for field in fields(Day) if field.name not in {"date", "astronomy"}),
    )
    _WEATHER = NAMES[1 + len(fields(Astronomy)) :]

    def __iter__(self) -> Iterator[Day]:
        """Sun and moon of each day are read when they are needed: a page shows no moon but
        today's."""
        dates, weather = self.column("date"), map(self.column, self._WEATHER)
        for row, (day, *values) in enumerate(zip(dates, *weather, strict=True)):
            yield Day(day, lazy_astronomy(partial(self.value, row=row)), *values)

    def _lazy_row(self, read: Read) -> Day:
        return lazy_day(read)


def _has_values(column: Sequence[Any]) -> bool:
    return any(value is not None for value in column)
