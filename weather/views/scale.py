"""A linear scale for charts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The values from `low` to `high`."""

    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float | None], least: float = 1) -> Scale:
        """From the lowest to the highest value, at least `least` apart."""
        present = [value for value in values if value is not None] or [0.0]
        low, high = min(present), max(present)
        widen = max(0.0, least - (high - low)) / 2
        return cls(low - widen, high + widen)

    def share(self, value: float) -> float:
        """The position of a value between `low` and `high`, in %."""
        return round(100 * (value - self.low) / (self.high - self.low), 1)
