"""Records whose fields are read when they are needed, for a row of columns of which a view shows
a few.

They equal, and are, records of their class. A field is read once: it has no value in its slot until
then, so that Python asks `__getattr__` for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, ClassVar, TypeVar

from weather.core.models.conditions import Conditions
from weather.core.models.day import Astronomy, Day

Record = TypeVar("Record")
Read = Callable[[str], Any]
"""Returns the value of a field."""


class _Lazy:
    __slots__ = ()
    _record: ClassVar[type[Any]]
    _values: ClassVar[Callable[[Any], tuple[Any, ...]]]

    def __init_subclass__(cls) -> None:
        cls._record = record = cls.__bases__[-1]
        cls._values = attrgetter(*(field.name for field in fields(record)))
        cls.__qualname__ = record.__qualname__  # of which the representation is made

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = self._read(name)
        object.__setattr__(self, name, value)
        return value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, self._record):
            return NotImplemented
        values = type(self)._values
        return values(self) == values(other)

    def __hash__(self) -> int:
        return hash(type(self)._values(self))


class LazyConditions(_Lazy, Conditions):
    __slots__ = ("_read",)


class LazyAstronomy(_Lazy, Astronomy):
    __slots__ = ("_read",)


class LazyDay(_Lazy, Day):
    __slots__ = ("_read",)


def lazy_conditions(read: Read) -> Conditions:
    return _lazy(LazyConditions, read)


def lazy_astronomy(read: Read) -> Astronomy:
    """`read` is asked for fields as "astronomy.sunrise"."""
    return _lazy(LazyAstronomy, lambda name: read(f"astronomy.{name}"))


def lazy_day(read: Read) -> Day:
    """`read` is also asked for fields as "astronomy.sunrise"."""
    return _lazy(LazyDay, lambda name: lazy_astronomy(read) if name == "astronomy" else read(name))


def _lazy(kind: type[Record], read: Read) -> Record:
    record = object.__new__(kind)
    object.__setattr__(record, "_read", read)
    return record
