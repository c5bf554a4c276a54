"""The rounding of every displayed value.

Halves are rounded away from zero: 0.5 is 1 and -12.5 is -13 (ISO 80000-1:2009, B.3, rule B), as
readers expect. Python's `round` takes the even neighbour, so that 0.5 is 0 and 1.5 is 2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

# A decimal half is not always a binary one, and a conversion moves it a little: 1.005 is
# 1.00499999999999989… This is far less than any provider's last digit, and more than that error.
_TOLERANCE = 1e-9
# From here on neighbouring floats are so far apart that there is nothing to round.
_WHOLE = 1e15


def rounded(value: float, digits: int = 0) -> float:
    """The value with `digits` decimals; never -0.0."""
    scale: float = 10**digits
    scaled = abs(value) * scale
    if not scaled < _WHOLE:  # also infinity and NaN
        return value
    magnitude = math.floor(scaled + 0.5 + _TOLERANCE) / scale
    return -magnitude if value < 0 and magnitude else magnitude


def rounded_multiples(values: Sequence[float], scale: int) -> list[int]:
    """The values as whole multiples of 1/`scale`, rounded likewise. Raises `ValueError` or
    `OverflowError` for NaN and infinity."""
    half = 0.5 + _TOLERANCE
    floor = math.floor
    return [
        floor(value * scale + half) if value >= 0 else -floor(half - value * scale)
        for value in values
    ]


def rounded_to_int(value: float) -> int:
    """The nearest whole number. Raises `ValueError` or `OverflowError` for NaN and infinity."""
    return int(rounded(value))
