"""Floats as whole multiples of a fraction: 12.4 is 124 tenths.

Each is looked up among those that have been computed before. A field has few different values, and
computing all of them takes twice the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

# Numbers are given with two decimals at most, the moon's phase with three.
SCALES = (1, 10, 100, 1000)
_SAMPLE = 24  # values that choose a scale, before all are tried
_MOST = 2000  # values that are kept of a range and a scale; temperatures in tenths are some 1,200


class _Multiples(dict[float, int]):
    """The multiple of 1/`scale` that each value within the bounds is. It keeps the first that it
    has been asked for."""

    __slots__ = ("_high", "_low", "_scale")

    def __init__(self, low: float, high: float, scale: int) -> None:
        super().__init__()
        self._low, self._high, self._scale = low, high, scale

    def __missing__(self, value: float) -> int:
        """Raises `ValueError` for a value that is out of bounds or no multiple."""
        if not self._low <= value <= self._high:
            raise ValueError("out of bounds")
        multiple = round(value * float(self._scale))
        if multiple / self._scale != value:
            raise ValueError("not a multiple")
        if len(self) < _MOST:
            self[value] = multiple
        return multiple


def looked_up(values: Sequence[float], low: float, high: float) -> tuple[int, list[int]] | None:
    """The least scale at which all values are whole multiples, and the multiples. None if there is
    no such scale, if a value is out of bounds, or if the field has more different values than are
    kept."""
    sample = values[:: len(values) // _SAMPLE + 1]
    for scale in SCALES:
        table = _table(low, high, scale)
        if len(table) >= _MOST:
            return None
        try:
            for some in (sample, values):
                multiples = list(map(table.__getitem__, some))
        except ValueError:
            continue
        return scale, multiples
    return None


@lru_cache(maxsize=128)
def _table(low: float, high: float, scale: int) -> _Multiples:
    return _Multiples(low, high, scale)
