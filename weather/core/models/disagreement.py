"""Days of which two providers expect something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from weather.core.dataclass import dataclass
from weather.core.models.day import Day

_DEGREES = 4.0  # °C between two highs: twice the usual error of one for the next days
_WET, _DRY = 1.0, 0.1  # mm in a day: WMO's rain day, and less than what is measured


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What another provider expects of a day, as it gives it: no estimate is made of the two."""

    date: date
    provider: str
    temperature_max: float | None  # °C
    temperature_min: float | None
    precipitation: float | None  # mm
    weather_code: int | None  # WMO 4677


def disagreements(
    days: Sequence[Day], others: Mapping[date, Day], provider: str
) -> Iterator[Disagreement]:
    """Of the days whose highs differ by 4 °C or more, or of which one provider expects 1 mm or
    more and the other one less than 0.1 mm."""
    for day in days:
        other = others.get(day.date)
        if other and (_differ_in_warmth(day, other) or _differ_in_rain(day, other)):
            yield Disagreement(
                day.date,
                provider,
                other.temperature_max,
                other.temperature_min,
                other.precipitation,
                other.weather_code,
            )


def _differ_in_warmth(one: Day, other: Day) -> bool:
    high, other_high = one.temperature_max, other.temperature_max
    return high is not None and other_high is not None and abs(high - other_high) >= _DEGREES


def _differ_in_rain(one: Day, other: Day) -> bool:
    if one.precipitation is None or other.precipitation is None:
        return False
    low, high = sorted((one.precipitation, other.precipitation))
    return low < _DRY and high >= _WET
