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

from weather.cache import references
from weather.cache.references import BITS, Line, Reference
from weather.core.models.column import Column, narrow

TIMES = frozenset({"moment", "duration", "date"})
OF_DEW_POINT = ("temperature", "relative_humidity")

_BIAS = 128  # for residuals of 16 bits, most of which are -128 to 127
_WITHOUT_BIAS = bytes((byte - _BIAS) % 256 for byte in range(256))
_FEWEST = 3  # numbers that are worth a prediction
_SAMPLE = 24  # numbers, which are a day of hours
_STRIDE = 13  # of the numbers from which a line is taken: all hours of the day, after 13 days
_SMOOTH = 20  # times the mean difference is less than the span, at least

# How many differences are taken, the best of those given, and the column that is subtracted
# before. A field that is not here is taken as it is, or by differences where it is smooth.
_ORDERS: dict[str, Sequence[int]] = {
    "temperature": (1, 2),
    "apparent_temperature": (0,),
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
}
_FORMULA = "apparent_temperature"
_LINES = {
    _FORMULA: "temperature",
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
        "snowfall shortwave_radiation precipitation precipitation_probability uv_index",
        "diffuse_radiation weather_code",
        "wind_direction wind_speed temperature relative_humidity",
        "apparent_temperature pressure_msl",
        "visibility",
        "wind_gusts dew_point",
        "cloud_cover",
    )
]
_PLACES = {name: place for place, name in enumerate(name for block in _BLOCKS for name in block)}
_STARTS = frozenset(block[0] for block in _BLOCKS[1:])


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


def residuals(name: str, columns: Mapping[str, Column]) -> Residuals:
    """Of a column of numbers in an array; the numbers themselves where they are no integers."""
    column = columns[name]
    plain = Residuals(column.numbers)  # type: ignore[arg-type]  # which is an array
    if column.kind in {"float", "bool"} or len(column) < _FEWEST:
        return plain
    reference = _reference(name, columns)
    if reference is None and not _may_be_smooth(name, column):
        return plain
    numbers: list[int] = column.numbers.tolist()  # type: ignore[attr-defined]
    if isinstance(reference, Line):
        return _of_line(numbers, reference) or plain
    if reference:
        numbers = list(map(sub, numbers, reference.predicted(len(numbers))))
    order = _order(name, column, numbers)
    if not reference and not order:
        return plain
    start = []
    for _ in range(order):
        start.append(numbers[0])
        numbers = _differences(numbers)
    packed = narrow(numbers)
    return Residuals(packed, start, reference) if packed else plain


def _of_line(numbers: list[int], line: Line) -> Residuals | None:
    """The differences from a line, in 8 bits where all of them fit. Wider ones are stored with a
    bias: most of them are small, and with it not negative, so that their higher bytes are 0."""
    below = line._replace(offset=line.offset - (_BIAS << BITS))
    biased = list(map(sub, numbers, below.predicted(len(numbers))))
    try:
        small = bytes(biased)
    except ValueError:
        packed = narrow(biased)
        return Residuals(packed, reference=below) if packed else None
    return Residuals(array("b", small.translate(_WITHOUT_BIAS)), reference=line)


def _reference(name: str, columns: Mapping[str, Column]) -> Reference | None:
    column = columns[name]
    if name == _FORMULA and (formula := references.formula(columns)):
        return formula
    of = columns.get(_LINES.get(name, ""))
    if of is None or not references.has_integers(of):
        return None
    rows = slice(None, None, _STRIDE)
    slope, offset = _regression(list(of.numbers[rows]), list(column.numbers[rows]))
    return Line(_LINES[name], of, slope, offset)


def _regression(of: list[int], numbers: list[int]) -> tuple[int, int]:
    """Slope and offset of the regression line, in 4096ths."""
    count, total, others = len(of), sum(numbers), sum(of)
    variance = count * sum(map(mul, of, of)) - others * others
    if not variance:
        return 0, 0
    covariance = count * sum(map(mul, of, numbers)) - others * total
    slope = (covariance << BITS) // variance
    return slope, ((total << BITS) - slope * others) // count


def _may_be_smooth(name: str, column: Column) -> bool:
    orders = _ORDERS.get(name)
    return max(orders) > 0 if orders else column.kind == "decimal" or column.kind in TIMES


def _order(name: str, column: Column, numbers: list[int]) -> int:
    """How many times differences are taken."""
    orders = _ORDERS.get(name)
    if orders is None and column.kind in TIMES:
        return 2  # hours and days follow one another in nearly equal steps
    if orders is None and column.kind != "decimal":
        return 0
    if orders and len(orders) == 1:
        return orders[0]
    sample = numbers[:_SAMPLE]
    return min(orders, key=lambda order: _bits(sample, order)) if orders else _is_smooth(sample)


def _is_smooth(sample: Sequence[int]) -> bool:
    steps = sum(map(abs, _differences(sample)))
    return steps * _SMOOTH < len(sample) * (max(sample) - min(sample))


def _bits(sample: Sequence[int], order: int) -> int:
    for _ in range(order):
        sample = _differences(sample)
    return sum(map(int.bit_length, sample))


def _differences(numbers: Sequence[int]) -> list[int]:
    return list(map(sub, numbers[1:], numbers))
