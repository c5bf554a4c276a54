"""Values as bars of one line."""

from __future__ import annotations

from collections.abc import Sequence

from weather.views.text import color_scale
from weather.views.v2.canvas import Row

BLOCKS = "▁▂▃▄▅▆▇█"
_LEAST_FULL = 2.5  # mm in an hour: a full bar is at least moderate rain (WMO-No. 8)
_TRACE = 0.05  # mm


def rain(values: Sequence[float | None], columns: int) -> Row:
    """Sums of an hour in mm: the highest is a full bar. Dry hours are blank."""
    top = max([_LEAST_FULL, *(value for value in values if value is not None)])
    row = Row(columns)
    for column, value in enumerate(values):
        if value is not None and value >= _TRACE:
            row.put(column, block(value / top), color_scale.PRECIPITATION.color(value))
    return row


def block(share: float) -> str:
    """The bar of a share from 0 to 1."""
    return BLOCKS[min(int(share * len(BLOCKS)), len(BLOCKS) - 1)]
