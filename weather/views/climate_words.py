"""How today compares with what is usual, in words."""

from __future__ import annotations

from weather.domain import Climate
from weather.views.units import UnitSystem

_WORTH_A_WORD = 1.0  # °C; less is as warm as usual


def departure(climate: Climate, units: UnitSystem) -> str:
    """ "4° warmer than usual"; nothing where that cannot be said."""
    if climate.departure is None:
        return ""
    if abs(climate.departure) < _WORTH_A_WORD:
        return "as warm as usual"
    if not climate.is_telling:
        return ""
    degrees = round(abs(climate.departure) * units.temperature.factor)
    return f"{degrees}° {'warmer' if climate.departure > 0 else 'colder'} than usual"
