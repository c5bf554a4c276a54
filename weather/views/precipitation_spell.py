"""The first spell of precipitation in a forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from weather.core import weather_codes
from weather.core.dataclass import dataclass
from weather.core.models import Conditions
from weather.core.weather_codes import Symbol
from weather.views.units import UnitSystem

HOUR = timedelta(hours=1)

# mm in an hour, from which on a table shows 0.1 mm: less does not count as precipitation.
_MIN_PRECIPITATION = 0.05
_MAX_PAUSE = 2 * HOUR  # without precipitation within one spell
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
    """Consecutive hours with precipitation, apart from short pauses; the first and the last are
    wet."""

    hours: Sequence[Conditions]

    @property
    def start(self) -> datetime:
        return self.hours[0].valid_at

    @property
    def end(self) -> datetime:
        """When the last hour ends."""
        return self.hours[-1].valid_at + HOUR

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

    @property
    def precipitation(self) -> float:
        """The sum in mm."""
        return self._sum("precipitation")

    def amount(self, units: UnitSystem) -> str:
        """The sum as text: fresh snow in a spell of snow, if that is more than 0 in the displayed
        unit; else precipitation."""
        snow = self._sum("snowfall") if self.weather_code in {_SNOW, _SNOW_SHOWERS} else 0.0
        if units.snowfall.convert(snow) > 0:
            return units.snowfall.text(snow)
        return units.precipitation.text(self.precipitation)

    def _sum(self, field: str) -> float:
        return sum(getattr(hour, field) or 0.0 for hour in self.hours)


def first_spell(hours: Sequence[Conditions]) -> PrecipitationSpell | None:
    """The first spell of precipitation in ascending `hours`, or None."""
    return next(spells(hours), None)


def spells(
    hours: Sequence[Conditions], least: float = _MIN_PRECIPITATION
) -> Iterator[PrecipitationSpell]:
    """All spells of precipitation, of hours with `least` mm, in ascending `hours`."""
    wet = [n for n, hour in enumerate(hours) if (hour.precipitation or 0) >= least]
    while wet:
        times = [hours[n].valid_at for n in wet]
        pauses = [other - one - HOUR for one, other in pairwise(times)]
        long = (n for n, pause in enumerate(pauses) if pause > _MAX_PAUSE)
        count = 1 + next(long, len(pauses))
        yield PrecipitationSpell(hours[wet[0] : wet[count - 1] + 1])
        wet = wet[count:]


def is_wet(precipitation: float, units: UnitSystem) -> bool:
    """Whether a sum in mm is more than 0 in the displayed unit."""
    return units.precipitation.convert(precipitation) > 0
