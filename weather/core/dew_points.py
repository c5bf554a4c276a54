"""Dew points that follow from temperature and humidity, computed where a row is read."""

from __future__ import annotations

from typing import Any

from weather.core.dataclass import dataclass
from weather.core.formulas import dew_point
from weather.core.models.column import Column
from weather.core.ranges import DEW_POINT, Range

_NONE = Column("any", ())


@dataclass(frozen=True, slots=True, eq=False)
class DewPoints(Column):
    """The column of dew points (°C) of two other columns' rows. It holds no numbers of its own:
    a response shows a tenth of a forecast's hours, and the formula takes a microsecond a row."""

    temperature: Column = _NONE
    relative_humidity: Column = _NONE

    @classmethod
    def following(cls, temperature: Column, relative_humidity: Column) -> DewPoints:
        """Of columns in °C and %, of one length. Raises `ValueError` for other lengths."""
        if len(temperature) != len(relative_humidity):
            raise ValueError("columns of different lengths")
        rows = range(len(temperature))
        return cls("decimal", rows, temperature=temperature, relative_humidity=relative_humidity)

    @property
    def has_values(self) -> bool:
        """Whether both columns have values, if perhaps in different rows."""
        return self.temperature.has_values and self.relative_humidity.has_values

    def value(self, index: int) -> float | None:
        return _dew_point(self.temperature.value(index), self.relative_humidity.value(index))

    def values(self, start: int, stop: int) -> list[Any]:
        computed = self.part(start, stop)
        return computed.values(0, len(computed))

    def part(self, start: int, stop: int) -> Column:
        """The numbers of some rows."""
        of = (self.temperature, self.relative_humidity)
        rows = map(dew_point, *(column.values(start, stop) for column in of))
        return DEW_POINT.stored_numbers(list(rows))

    def is_within(self, bounds: Range) -> bool:
        return bounds == DEW_POINT

    def size(self) -> int:
        return _NONE.size()


def _dew_point(temperature: float | None, relative_humidity: float | None) -> float | None:
    return DEW_POINT.stored(dew_point(temperature, relative_humidity))
