"""The values of one field in many rows, as whole numbers in the resolution in which they are given.

A column takes one to eight bytes a value, without an object for each, and gives back every value
as it was: floats become whole multiples of a fraction only where each is read back bit for bit.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from weather.core.dataclass import dataclass
from weather.core.models.multiples import SCALES, looked_up
from weather.core.rounding import rounded, rounded_multiples

if TYPE_CHECKING:
    from weather.core.ranges import Range

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_MICROSECOND = timedelta(microseconds=1)
_PER_SECOND = 1_000_000
_SAMPLE = 24  # values that choose a scale, before all are tried
_SIZE, _SIZE_OF_VALUE = 100, 32  # bytes, of a column without its numbers and of an object
_NEGATIVE_ZERO = array("d", [-0.0]).tobytes()

Numbers = Sequence[Any]
"""An `array`, a `range` of equally spaced moments, or a list of values that no array holds."""


Kind = Literal["any", "bool", "int", "float", "decimal", "moment", "duration", "date"]
"""How the numbers of a column are read:

    any       the values themselves, in a list
    float     doubles
    decimal   floats, as multiples of 1/scale
    moment    in UTC, as multiples of 1/scale of a second since 1970
    duration  as multiples of 1/scale of a second
    date      proleptic Gregorian ordinals
"""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The lowest bit of `missing` is that of the first row; a missing value's number means
    nothing."""

    kind: Kind
    numbers: Numbers
    scale: int = 1
    missing: int = 0
    # The bounds that the numbers were last found to be within.
    bounds: Range | None = field(default=None, repr=False)

    @classmethod
    def of(cls, values: Sequence[Any]) -> Column:
        """The narrowest column that holds the values exactly. Moments become UTC."""
        types = set(map(type, values))
        known = values
        if has_gaps := type(None) in types:
            types.remove(type(None))
            known = [value for value in values if value is not None]
        pack = _PACKERS.get(types.pop()) if len(types) == 1 else None
        packed = pack(known) if pack else None
        if packed is None:
            return cls("any", list(values))
        return cls._with_gaps(*packed, values if has_gaps else ())

    @classmethod
    def _with_gaps(
        cls, kind: Kind, scale: int, numbers: Sequence[Any], values: Sequence[Any]
    ) -> Column:
        """The column of the numbers of those `values` that are not None; all are if there are no
        `values`."""
        missing = sum(1 << index for index, value in enumerate(values) if value is None)
        if missing:
            # The number before it differs least from the numbers around a gap.
            rest, last, filled = iter(numbers), numbers[0], []
            for value in values:
                last = last if value is None else next(rest)
                filled.append(last)
            numbers = filled
        return cls(kind, _packed(kind, numbers), scale, missing)

    @classmethod
    def of_looked_up(
        cls, values: Sequence[float | None], types: frozenset[type], bounds: Range
    ) -> Column | None:
        """The column that `of_decimals` makes of numbers of these types, in half of its time. None
        if `looked_up` finds no multiples of them: then nothing is known of their bounds either."""
        missing = type(None) in types
        known: Sequence[Any] = [v for v in values if v is not None] if missing else values
        if not known or not (found := looked_up(known, bounds.low, bounds.high)):
            return None
        scale, numbers = found
        if not (packed := narrow(numbers)):
            return None
        if missing:
            return cls._with_gaps("decimal", scale, packed, values)
        return cls("decimal", packed, scale, bounds=bounds)

    @classmethod
    def of_decimals(
        cls, values: Sequence[float | None], types: frozenset[type], bounds: Range
    ) -> Column:
        """The column of numbers of these types, all of which are read as floats: integers, too,
        and -0.0 as 0.0. They are within the `bounds`. It takes half of the time of `of`."""
        if types == {int} and (whole := narrow(values)):  # type: ignore[arg-type]
            return cls("decimal", whole, bounds=bounds)
        if types == {float} and (multiples := _scaled(values)):  # type: ignore[arg-type]
            scale, numbers = multiples
            if packed := narrow(numbers):
                return cls("decimal", packed, scale, bounds=bounds)
        return cls.of([None if value is None else value + 0.0 for value in values])

    @classmethod
    def of_rounded(cls, values: Sequence[float | None], digits: int) -> Column:
        """The column of numbers that are rounded as `core.rounding` does. Each is read as the
        float that is the rounded one."""
        missing = None in values
        known = [value for value in values if value is not None] if missing else values
        multiples = narrow(rounded_multiples(known, 10**digits))  # type: ignore[arg-type]
        if not multiples:
            return cls.of([None if value is None else rounded(value, digits) for value in values])
        return cls._with_gaps("decimal", 10**digits, multiples, values if missing else ())

    @classmethod
    def of_multiples(cls, numbers: Sequence[int | None], scale: int) -> Column:
        """The column of floats that are given as multiples of 1/`scale`."""
        missing = None in numbers
        known = [number for number in numbers if number is not None]
        if not known or (packed := narrow(known)) is None:
            return cls.of([None if number is None else number / scale for number in numbers])
        return cls._with_gaps("decimal", scale, packed, numbers if missing else ())

    @classmethod
    def of_seconds(cls, seconds: Sequence[int]) -> Column:
        """The moments of seconds since 1970."""
        return cls("moment", _packed("moment", seconds))

    @property
    def has_values(self) -> bool:
        """Whether a value is not missing."""
        if self.kind == "any":
            return any(value is not None for value in self.numbers)
        return self.missing.bit_count() < len(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def value(self, index: int) -> Any:
        """The value of one row, counted from 0; None if it is missing."""
        if self.missing >> index & 1:
            return None
        if self.kind == "decimal":
            return self.numbers[index] / self.scale
        return _READERS[self.kind](self.numbers[index : index + 1], self.scale)[0]

    def values(self, start: int, stop: int) -> list[Any]:
        """The values of the rows from `start` to before `stop`; None where one is missing."""
        values = _READERS[self.kind](self.numbers[start:stop], self.scale)
        for gap in self.gaps(start, start + len(values)):
            values[gap] = None
        return values

    def size(self) -> int:
        """Bytes in memory, about."""
        values = _SIZE_OF_VALUE * len(self.numbers) if isinstance(self.numbers, list) else 0
        return sys.getsizeof(self.numbers) + sys.getsizeof(self.missing) + _SIZE + values

    def gaps(self, start: int, stop: int) -> list[int]:
        """The positions of the missing values in the rows from `start` to before `stop`, counted
        from `start`."""
        rest = self.missing >> start & (1 << max(stop - start, 0)) - 1 if self.missing else 0
        positions = []
        while rest:
            lowest = rest & -rest
            positions.append(lowest.bit_length() - 1)
            rest ^= lowest
        return positions

    def is_within(self, bounds: Range) -> bool:
        """Whether the number of no row, also of a missing value, is out of bounds, which are in
        the unit of the values: seconds of moments and durations, ordinals of dates. Columns that
        compute their values see to it that none is."""
        if self.bounds is bounds:
            return True
        scale = 1 if self.kind in {"int", "float"} else self.scale
        low, high = min(self.numbers) / scale, max(self.numbers) / scale
        # A value that is no number may be neither the lowest nor the highest, but no sum hides it.
        no_number = self.kind == "float" and math.isnan(sum(self.numbers))
        if no_number or not (bounds.low <= low and high <= bounds.high):
            return False
        object.__setattr__(self, "bounds", bounds)
        return True

    def of_following_rows(self) -> Column:
        """The column in which each row has the value of the next one, and the last has none."""
        if not len(self.numbers):
            return self
        if self.kind == "any":
            return Column("any", [*self.numbers[1:], None])
        following: Any = self.numbers
        if isinstance(following, range):
            following = array("q", following)
        missing = self.missing >> 1 | 1 << len(following) - 1
        numbers = following[1:] + following[-1:]
        return Column(self.kind, numbers, self.scale, missing, self.bounds)

    def part(self, start: int, stop: int) -> Column:
        """The column of some rows alone."""
        missing = self.missing >> start & (1 << max(stop - start, 0)) - 1
        return Column(self.kind, self.numbers[start:stop], self.scale, missing)


def moment_number(moment: datetime, scale: int) -> int:
    """The moment in a column of `scale`, rounded up where it lies between two numbers."""
    unit = _PER_SECOND // scale
    return -((EPOCH - moment) // _MICROSECOND // unit)


def _packed(kind: Kind, numbers: Sequence[Any]) -> Numbers:
    if isinstance(numbers, array):
        return numbers
    if kind == "bool":
        return array("b", numbers)
    if kind == "float":
        return array("d", numbers)
    if kind == "moment" and (steady := _range(numbers)):
        return steady
    return narrow(numbers) or array("q", numbers)


def narrow(numbers: Sequence[int]) -> array[Any] | None:
    """An array of the narrowest type that holds the numbers; None if none does. The types are
    tried, which takes half of the time of looking for the least and the greatest number."""
    for code in "bhiq":
        try:
            return array(code, numbers)
        except OverflowError:
            continue
    return None


def _range(numbers: Sequence[int]) -> range | None:
    """The numbers as a range if they are equally spaced."""
    step = numbers[1] - numbers[0] if len(numbers) > 1 else 1
    steady = range(numbers[0], numbers[0] + step * len(numbers), step) if step else range(0)
    return steady if len(steady) == len(numbers) and list(steady) == list(numbers) else None


Packed = tuple[Kind, int, Sequence[Any]]  # kind, scale, numbers


def _pack_int(values: Sequence[int]) -> Packed | None:
    return ("int", 1, numbers) if (numbers := narrow(values)) else None


def _pack_float(values: Sequence[float]) -> Packed:
    """As whole multiples of a fraction; as they are if a value would change."""
    if _has_negative_zero(values) or not (scaled := _scaled(values)):
        return "float", 1, values
    scale, multiples = scaled
    return ("decimal", scale, numbers) if (numbers := narrow(multiples)) else ("float", 1, values)


def _scaled(values: Sequence[float]) -> tuple[int, list[int]] | None:
    """The scale and the numbers of which the values are multiples; -0.0 is taken for 0.0."""
    sample = values[:: len(values) // _SAMPLE + 1] if len(values) > _SAMPLE else ()
    for scale in SCALES:
        if sample and not _multiples(sample, scale):
            continue
        if multiples := _multiples(values, scale):
            return scale, multiples
    return None


def _multiples(values: Sequence[float], scale: int) -> list[int] | None:
    factor = float(scale)  # floats are multiplied by floats in half of the time
    try:
        # Of the type itself, since the function `round` takes twice the time.
        multiples: list[Any] = list(map(float.__round__, [value * factor for value in values]))
        exact = [multiple / scale for multiple in multiples] == list(values)
    except (OverflowError, ValueError):  # infinite, not a number, or beyond a float's range
        return None
    return multiples if exact else None


def _has_negative_zero(values: Sequence[float]) -> bool:
    """It compares equal to zero, but is no integer."""
    # The bytes rule out most columns at once, but may also match across two values.
    return _NEGATIVE_ZERO in array("d", values).tobytes() and any(
        not value and math.copysign(1, value) < 0 for value in values
    )


def _pack_moment(values: Sequence[datetime]) -> Packed:
    numbers = [(value - EPOCH) // _MICROSECOND for value in values]
    return ("moment", *_whole_seconds(numbers))


def _pack_duration(values: Sequence[timedelta]) -> Packed | None:
    scale, numbers = _whole_seconds([value // _MICROSECOND for value in values])
    return ("duration", scale, packed) if (packed := narrow(numbers)) else None


def _whole_seconds(microseconds: list[int]) -> tuple[int, list[int]]:
    """Scale and numbers: in seconds if all are whole."""
    if any(number % _PER_SECOND for number in microseconds):
        return _PER_SECOND, microseconds
    return 1, [number // _PER_SECOND for number in microseconds]


_PACKERS: dict[type, Callable[[Sequence[Any]], Packed | None]] = {
    bool: lambda values: ("bool", 1, values),
    int: _pack_int,
    float: _pack_float,
    datetime: _pack_moment,
    timedelta: _pack_duration,
    date: lambda values: ("date", 1, list(map(date.toordinal, values))),
}


def _decimals(numbers: Numbers, scale: int) -> list[Any]:
    return [number / scale for number in numbers]


def _moments(numbers: Numbers, scale: int) -> list[Any]:
    unit = _PER_SECOND // scale
    return [EPOCH + timedelta(0, 0, number * unit) for number in numbers]


def _durations(numbers: Numbers, scale: int) -> list[Any]:
    unit = _PER_SECOND // scale
    return [timedelta(0, 0, number * unit) for number in numbers]


_READERS: dict[Kind, Callable[[Numbers, int], list[Any]]] = {
    "any": lambda numbers, scale: list(numbers),
    "bool": lambda numbers, scale: list(map(bool, numbers)),
    "int": lambda numbers, scale: list(numbers),
    "float": lambda numbers, scale: list(numbers),
    "decimal": _decimals,
    "moment": _moments,
    "duration": _durations,
    "date": lambda numbers, scale: list(map(date.fromordinal, numbers)),
}
