"""By what the numbers of a stored column are predicted: another column of the same rows, or
the formula of the apparent temperature.

A prediction is made of whole numbers alone, and so is the same wherever an entry is read.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from typing import Any, NamedTuple

from weather.cache.deferred import DeferredColumn
from weather.core.models.column import Column

BITS = 12  # of the fractions of slopes, offsets and factors
FORMULA = "formula"

# AT = T + 0.33 e - 0.7 v - 4, e = H / 100 · 6.105 · exp(17.27 T / (237.7 + T)): temperature T in
# °C, humidity H in %, wind v in m/s (Australian Bureau of Meteorology, after Steadman 1994).
_FORMULA_OF = {"temperature": 10, "relative_humidity": 1, "wind_speed": 10}  # their scales
_COLDEST, _DEGREES = -900, 1500  # tenths; others are predicted badly
_PER_KMH = round(0.7 / 3.6 * (1 << BITS))
_OFFSET = 40


class Line(NamedTuple):
    """A line through the numbers of another column of the same rows."""

    name: str
    column: Column
    slope: int  # in 4096ths, as the offset
    offset: int

    def described(self) -> list[Any]:
        return [self.name, self.slope, self.offset]

    def predicted(self, rows: int) -> Sequence[int]:
        slope, offset = self.slope, self.offset
        numbers = _integers(self.column, rows)
        return [number * slope + offset >> BITS for number in numbers]


class Formula(NamedTuple):
    """The apparent temperature, in tenths, of the columns of `_FORMULA_OF`."""

    columns: Sequence[Column]

    def described(self) -> list[Any]:
        return [FORMULA]

    def predicted(self, rows: int) -> Sequence[int]:
        columns = (_integers(column, rows) for column in self.columns)
        table = _vapour()
        return [
            temperature
            - _OFFSET
            + (table[(temperature - _COLDEST) % _DEGREES] * humidity - wind * _PER_KMH >> BITS)
            for temperature, humidity, wind in zip(*columns, strict=True)
        ]


Reference = Line | Formula


def formula(columns: Mapping[str, Column]) -> Formula | None:
    """None unless the columns that it needs have the numbers that it needs."""
    if not all(_is_of(columns.get(name), scale) for name, scale in _FORMULA_OF.items()):
        return None
    return Formula([columns[name] for name in _FORMULA_OF])


def has_integers(column: Column) -> bool:
    """Whether its numbers are integers in an array."""
    if isinstance(column, DeferredColumn):
        return True
    return column.kind not in {"any", "float"} and isinstance(column.numbers, array)


def _integers(column: Column, rows: int) -> list[int]:
    """Those of the first rows, as objects, which are made once for all that is done with them."""
    numbers: array[int] = column.part(0, rows).numbers  # type: ignore[assignment]
    return numbers.tolist()


def _is_of(column: Column | None, scale: int) -> bool:
    if column is None or (column.kind, column.scale) != ("decimal", scale):
        return False
    return has_integers(column)


@cache
def _vapour() -> array[int]:
    """0.33 e by the temperature, in tenths of a degree for each percent of humidity."""
    degrees = (tenths / 10 for tenths in range(_COLDEST, _COLDEST + _DEGREES))
    full = (3.3 * 0.06105 * exp(17.27 * t / (237.7 + t)) for t in degrees)
    return array("i", [round(each * (1 << BITS)) for each in full])
