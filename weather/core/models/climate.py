"""Climate normals, and how far a day departs from them."""

from __future__ import annotations

from weather.core.dataclass import dataclass
from weather.core.models.credit import Credit


@dataclass(frozen=True, slots=True)
class ClimateNormal:
    """The climate normal of a place on a day of the year.

    `relief` (°C) is how far the annual mean differs around there: in mountains and on steep
    coasts a town's own normal may differ from its cell's by as much.
    """

    temperature: float  # °C, mean of the day
    precipitation: float  # mm a day
    relief: float  # °C
    period: str  # "2000–2025"


@dataclass(frozen=True, slots=True)
class Climate:
    """The normal of today, and how much warmer (or, negative, colder) it is forecast to be."""

    normal: ClimateNormal
    credits: tuple[Credit, ...]
    departure: float | None = None  # °C, of the day's mean

    @property
    def is_significant(self) -> bool:
        """Whether the departure exceeds what the relief could explain."""
        return self.departure is not None and abs(self.departure) >= self.normal.relief
