"""The first spell of precipitation in a forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from weather.core import weather_codes
from weather.core.models import Conditions
from weather.core.weather_codes import Symbol
from weather.views.units import UnitSystem

_MIN_PRECIPITATION = 0.1  # mm in an hour; less does not count as precipitation
_MAX_PAUSE = 2  # hours without precipitation within one spell
_LIKELY = 40  # %, of precipitation probability

# A spell is named by the condition of a WMO code.
_RAIN, _SNOW, _SNOW_SHOWERS = 63, 73, 85
_CODES = {
    Symbol.DRIZZLE: 53,
    Symbol.SHOWERS: 81,
    Symbol.FREEZING_RAIN: 67,
    Symbol.SNOW: _SNOW,
    Symbol.HEAVY_SNOW: _SNOW,
    Symbol.SNOW_SHOWERS: _SNOW_SHOWERS,
    Symbol.THUNDERSTORM: 95,
}


@dataclass(frozen=True, slots=True)
class PrecipitationSpell:
    """Consecutive hours with precipitation, apart from short pauses.

    `start` is when the first of the `hours` begins; an hour's `valid_at` is its end.
    """

    start: datetime
    hours: Sequence[Conditions]

    @property
    def end(self) -> datetime:
        return self.hours[-1].valid_at

    @property
    def weather_code(self) -> int:
        """The WMO 4677 code that names the spell, after its most severe hour."""
        codes = [hour.weather_code for hour in self.hours if hour.weather_code is not None]
        symbol = weather_codes.symbol(weather_codes.most_severe(codes) if codes else None)
        return _CODES.get(symbol, _SNOW if self._sum("snowfall") else _RAIN)

    @property
    def is_likely(self) -> bool:
        """Whether the highest probability is at least 40 %; unknown counts as likely."""
        probabilities = (hour.precipitation_probability for hour in self.hours)
        return max((p for p in probabilities if p is not None), default=100) >= _LIKELY

    def amount(self, units: UnitSystem) -> str:
        """The sum as text: fresh snow in a spell of snow, else precipitation."""
        snow = self._sum("snowfall") if self.weather_code in {_SNOW, _SNOW_SHOWERS} else 0.0
        if snow:
            return units.snowfall.text(snow)
        return units.precipitation.text(self.precipitation)

    @property
    def precipitation(self) -> float:
        """The sum in mm."""
        return self._sum("precipitation")

    def _sum(self, field: str) -> float:
        return sum(getattr(hour, field) or 0.0 for hour in self.hours)


def first_spell(hours: Sequence[Conditions]) -> PrecipitationSpell | None:
    """The first spell of precipitation in ascending `hours`, or None.

    The first hour only gives the start: its sums are those of the hour before it.
    """
    return next(spells(hours), None)


def spells(hours: Sequence[Conditions]) -> Iterator[PrecipitationSpell]:
    """All spells of precipitation in ascending `hours`, of which the first only gives the start."""
    wet = [
        n for n, hour in enumerate(hours) if n and (hour.precipitation or 0) >= _MIN_PRECIPITATION
    ]
    while wet:
        count = 1 + next(
            (n for n, (one, other) in enumerate(pairwise(wet)) if other - one > _MAX_PAUSE + 1),
            len(wet) - 1,
        )
        first, last = wet[0], wet[count - 1]
        yield PrecipitationSpell(hours[first - 1].valid_at, hours[first : last + 1])
        wet = wet[count:]
