"""The temperature range of a day as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from weather.core.models import Day, Days
from weather.core.rounding import rounded_to_int
from weather.views.scale import Scale

_NARROWEST = 2  # %, so that the bar is visible


class RangeBar(NamedTuple):
    """Left edge and width in % of the chart: a percent is a pixel or two."""

    left: int
    width: int


def range_bar(low: float | None, high: float | None, scale: Scale) -> RangeBar | None:
    """The bar from the lowest to the highest temperature; None if one is missing."""
    if low is None or high is None:
        return None
    left = min(rounded_to_int(scale.position(low)), 100 - _NARROWEST)
    return RangeBar(left, max(rounded_to_int(scale.position(high)) - left, _NARROWEST))


def days_scale(days: Sequence[Day]) -> Scale:
    """The scale of the temperatures of all days."""
    columns = Days.of(days)
    return Scale.of([*columns.column("temperature_min"), *columns.column("temperature_max")])
