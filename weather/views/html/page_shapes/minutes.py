"""The chart of the next two hours' precipitation, in quarters of an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from weather.core.models.nowcast import RANGE, Quarter, to_step
from weather.views.html.page_shapes import paths

WIDTH = RANGE // timedelta(minutes=1)  # a minute is 1 wide
HEIGHT = 30
_FULL_BAR = 0.75  # mm in a quarter of an hour: moderate rain; less does not fill the chart
_LEAST_BAR = 0.05  # mm: the sentence counts less as dry


def minute_bars(quarters: Sequence[Quarter], at: datetime) -> str:
    """A bar for each wet quarter as path data, from the moment `at` on, to the nearest five minutes
    as in the sentence above it; y is downwards from 0 to `HEIGHT`."""
    now = to_step(at)
    most = max([_FULL_BAR, *(quarter.precipitation for quarter in quarters)])
    bars = []
    for quarter in quarters:
        left = max(0, _minutes(quarter.starts_at - now))
        right = min(WIDTH, _minutes(quarter.ends_at - now))
        if quarter.precipitation >= _LEAST_BAR and right > left:
            height = max(3, round(HEIGHT * quarter.precipitation / most))
            bars.append((left, max(1, right - left - 1), height))
    return paths.bars(bars, HEIGHT)


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)
