"""The temperature range of a day as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from weather.core.models import Day, Days
from weather.views.scale import Scale

_NARROWEST = 2  # %, so that the bar is visible


@dataclass(frozen=True, slots=True)
class RangeBar:
    """Left edge and width in % of the chart."""

    left: float
    width: float


def range_bar(day: Day, scale: Scale) -> RangeBar | None:
    """The bar from the lowest to the highest temperature; None if one is missing."""
    if day.temperature_min is None or day.temperature_max is None:
        return None
    left = scale.position(day.temperature_min)
    width = round(max(scale.position(day.temperature_max) - left, _NARROWEST), 1)
    return RangeBar(left, width)


def days_scale(days: Sequence[Day]) -> Scale:
    """The scale of the temperatures of all days."""
    columns = Days.of(days)
    return Scale.of([*columns.column("temperature_min"), *columns.column("temperature_max")])
