"""By what the numbers of a stored column are predicted: another column of the same rows, the
formula of the apparent temperature, or of days their hours.

A prediction is made of whole numbers alone, and so is the same wherever an entry is read.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from math import exp
from typing import Any, NamedTuple

from weather.cache.deferred import DeferredColumn
from weather.core.models.column import Column

BITS = 12  # of the fractions of slopes, offsets and factors
FORMULA, HOURS = "formula", "hours"

_DAY = 24  # hours; where clocks are changed, a prediction is a little worse
_SUMMARIES: dict[str, Callable[[Iterable[int]], int]] = {"max": max, "min": min}
# The field of the hours, and the summary of a day's.
_OF_HOURS = {
    "temperature_max": ("temperature", "max"),
    "temperature_min": ("temperature", "min"),
    "temperature_mean": ("temperature", "mean"),
    "apparent_temperature_max": ("apparent_temperature", "max"),
    "apparent_temperature_min": ("apparent_temperature", "min"),
    "precipitation": ("precipitation", "sum"),
    "precipitation_probability": ("precipitation_probability", "max"),
    "snowfall": ("snowfall", "sum"),
    "wind_speed": ("wind_speed", "max"),
    "wind_gusts": ("wind_gusts", "max"),
    "uv_index": ("uv_index", "max"),
    "relative_humidity": ("relative_humidity", "mean"),
    "pressure_msl": ("pressure_msl", "mean"),
    "cloud_cover": ("cloud_cover", "mean"),
    "weather_code": ("weather_code", "max"),
}
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


class DaysHours(NamedTuple):
    """The columns of the hours of some days, the row at which the second of these begins, and the
    numbers of each day by field, which are cached while an entry is encoded."""

    columns: Mapping[str, Column]
    second: int
    parts: dict[str, list[list[int]]] | None = None

    def numbers(self, field: str, days: int) -> list[list[int]]:
        if self.parts is not None and (known := self.parts.get(field)):
            return known
        end = self.second + _DAY * (days - 1)
        numbers = _integers(self.columns[field], end)
        begins = range(end - _DAY * days, end, _DAY)
        parts = [numbers[max(begin, 0) : begin + _DAY] for begin in begins]
        if self.parts is not None:
            self.parts[field] = parts
        return parts


class OfHours(NamedTuple):
    """A summary of each day's hours, in units of which `up` are `down` of those of the hours."""

    hours: DaysHours
    field: str
    summary: str
    up: int
    down: int

    def described(self) -> list[Any]:
        return [HOURS]

    def predicted(self, rows: int) -> Sequence[int]:
        days, up, down = self.hours.numbers(self.field, rows), self.up, self.down
        if not all(days):
            days = [day or [0] for day in days]  # of a day without hours nothing is known
        totals = list(map(_SUMMARIES.get(self.summary, sum), days))
        if self.summary == "mean":
            divisors = [down * len(day) for day in days]
            pairs = zip(totals, divisors, strict=True)
            return [(2 * total * up + divisor) // (2 * divisor) for total, divisor in pairs]
        return totals if up == down else [total * up // down for total in totals]


Reference = Line | Formula | OfHours


def formula(columns: Mapping[str, Column]) -> Formula | None:
    """None unless the columns that it needs have the numbers that it needs."""
    if not all(_is_of(columns.get(name), scale) for name, scale in _FORMULA_OF.items()):
        return None
    return Formula([columns[name] for name in _FORMULA_OF])


def of_hours(name: str, of_days: Column, hours: DaysHours) -> OfHours | None:
    """None for fields that are no summary of one of the hours."""
    field, summary = _OF_HOURS.get(name, ("", ""))
    column = hours.columns.get(field)
    if column is None or column.kind != of_days.kind or not has_integers(column):
        return None
    return OfHours(hours, field, summary, of_days.scale, column.scale)


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
