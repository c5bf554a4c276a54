"""A linear scale for charts."""

from __future__ import annotations

from collections.abc import Iterable

from weather.core.dataclass import dataclass
from weather.core.rounding import rounded


@dataclass(frozen=True, slots=True)
class Scale:
    """The range from `low` to `high`."""

    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float | None], min_span: float = 1) -> Scale:
        """The scale from the lowest to the highest value, widened to at least `min_span`."""
        present = [value for value in values if value is not None] or [0.0]
        low, high = min(present), max(present)
        margin = max(0.0, min_span - (high - low)) / 2
        return cls(low - margin, high + margin)

    def position(self, value: float) -> float:
        """The position of a value in %: 0 at `low`, 100 at `high`."""
        return rounded(100 * (value - self.low) / (self.high - self.low), 1)
