"""What is stored of a column's numbers: how they differ from a prediction.

Numbers are predicted by the one before them, by the last step, or by another column: the gusts by
the wind. The differences are small, and so are their bytes compressed. How well a field is
predicted decides about the size alone: every number is read back as it was.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from operator import mul, sub
from typing import Any, NamedTuple

from weather.core.models.column import Column, narrow

TIMES = frozenset({"moment", "duration", "date"})
OF_DEW_POINT = ("temperature", "relative_humidity")

_BITS = 8  # of the fractions of slopes and offsets
_FEWEST = 3  # numbers that are worth a prediction
_SAMPLE = 100  # numbers, which are four days of hours
_STRIDE = 5  # of the numbers from which a line is taken: all hours of the day, after five days
_SMOOTH = 20  # times the mean difference is less than the span, at least

# How many differences are taken, the best of those given, and the column that is subtracted
# before. A field that is not here is taken as it is, or by differences where it is smooth.
_ORDERS: dict[str, Sequence[int]] = {
    "temperature": (1, 2),
    "apparent_temperature": (1,),
    "relative_humidity": (1,),
    "wind_speed": (1, 2),
    "wind_direction": (1,),
    "pressure_msl": (1, 2),
    "cloud_cover": (1,),
    "precipitation": (0,),
    "precipitation_probability": (0,),
    "snowfall": (0,),
    "uv_index": (0,),
    "shortwave_radiation": (0,),
    "astronomy.moonrise": (1,),
    "astronomy.moonset": (1,),
    "astronomy.moon_illumination": (2,),
    "astronomy.moon_phase": (1,),
}
_REFERENCES = {
    "apparent_temperature": "temperature",
    "wind_gusts": "wind_speed",
    "visibility": "relative_humidity",
    "diffuse_radiation": "shortwave_radiation",
}
# The columns of hours as they stand in the buffer, in blocks of those that compress alike: each
# block has a code of its own. It saves 7 % of a forecast, found by trying both on those of ten
# places. A column stands behind those that it refers to.
_BLOCKS = [
    names.split()
    for names in (
        "shortwave_radiation is_day uv_index snowfall precipitation precipitation_probability",
        "cloud_cover diffuse_radiation",
        "weather_code",
        "pressure_msl wind_direction wind_speed temperature apparent_temperature relative_humidity",
        "visibility",
        "wind_gusts dew_point",
    )
]
_PLACES = {name: place for place, name in enumerate(name for block in _BLOCKS for name in block)}
_STARTS = frozenset(block[0] for block in _BLOCKS[1:])


Reference = tuple[str, int, int]
"""A field, and the slope and the offset of the line by which its numbers predict another's, in
256ths."""


class Residuals(NamedTuple):
    """The numbers that are stored, those to begin with, and the reference to add, if any."""

    numbers: array[Any]
    start: Sequence[int] = ()
    reference: Reference | None = None


def in_order(names: Iterable[str]) -> list[str]:
    """The names as their columns are stored, each behind those that it refers to."""
    return sorted(names, key=lambda name: _PLACES.get(name, len(_PLACES)))


def starts_block(name: str) -> bool:
    """Whether a column of hours differs so much from those before it that it is to be compressed
    with another code."""
    return name in _STARTS


def added(numbers: Sequence[int], others: Sequence[int], slope: int, offset: int) -> list[int]:
    """The numbers, and what a line through another column's predicts."""
    return [
        number + (other * slope + offset >> _BITS)
        for number, other in zip(numbers, others, strict=True)
    ]


def _subtracted(
    numbers: Sequence[int], others: Sequence[int], slope: int, offset: int
) -> list[int]:
    bits, pairs = _BITS, zip(numbers, others, strict=True)
    return [number - (other * slope + offset >> bits) for number, other in pairs]


def residuals(name: str, columns: Mapping[str, Column]) -> Residuals:
    """Of a column of numbers in an array; the numbers themselves where they are no integers."""
    column = columns[name]
    plain = Residuals(column.numbers)  # type: ignore[arg-type]  # which is an array
    if column.kind in {"float", "bool"} or len(column) < _FEWEST:
        return plain
    reference = _reference(name, columns)
    order = _order(name, column, refers=reference is not None)
    if not reference and not order:
        return plain
    numbers: list[int] = list(column.numbers)
    if reference:
        of, slope, offset = reference
        numbers = _subtracted(numbers, columns[of].numbers, slope, offset)
    start = []
    for _ in range(order):
        start.append(numbers[0])
        numbers = _differences(numbers)
    packed = narrow(numbers)
    return Residuals(packed, start, reference) if packed else plain


def _reference(name: str, columns: Mapping[str, Column]) -> Reference | None:
    of = columns.get(_REFERENCES.get(name, ""))
    if of is None or of.kind not in {"decimal", "int"} or not isinstance(of.numbers, array):
        return None
    rows = slice(None, None, _STRIDE)
    return _REFERENCES[name], *_regression(
        list(of.numbers[rows]), list(columns[name].numbers[rows])
    )


def _regression(of: list[int], numbers: list[int]) -> tuple[int, int]:
    """Slope and offset of the regression line, in 256ths."""
    count, total, others = len(of), sum(numbers), sum(of)
    variance = count * sum(map(mul, of, of)) - others * others
    if not variance:
        return 0, 0
    covariance = count * sum(map(mul, of, numbers)) - others * total
    slope = (covariance << _BITS) // variance
    return slope, ((total << _BITS) - slope * others) // count


def _order(name: str, column: Column, *, refers: bool) -> int:
    """How many times differences are taken."""
    sample = list(column.numbers[:_SAMPLE])
    orders = _ORDERS.get(name)
    if orders is None and column.kind in TIMES:
        return 2  # day by day the sun's times change by nearly the same
    if orders is None:
        return int(column.kind == "decimal" and not refers and _is_smooth(sample))
    return orders[0] if len(orders) == 1 else min(orders, key=lambda order: _bits(sample, order))


def _is_smooth(sample: Sequence[int]) -> bool:
    steps = sum(map(abs, _differences(sample)))
    return steps * _SMOOTH < len(sample) * (max(sample) - min(sample))


def _bits(sample: Sequence[int], order: int) -> int:
    for _ in range(order):
        sample = _differences(sample)
    return sum(map(int.bit_length, sample))


def _differences(numbers: Sequence[int]) -> list[int]:
    return list(map(sub, numbers[1:], numbers))
