"""The wind, every three hours: its arrow and its speed."""

from __future__ import annotations

from weather.core.rounding import rounded_to_int
from weather.views import wording
from weather.views.text import color_scale
from weather.views.units import UnitSystem
from weather.views.v2.canvas import Row
from weather.views.v2.hours import COLUMNS, ChartHours


def wind_rows(chart: ChartHours, units: UnitSystem, slot: int) -> tuple[Row, Row]:
    """A row of arrows and a row of speeds, in `slot` columns each."""
    arrows, speeds = Row(COLUMNS), Row(COLUMNS)
    for column in range(0, len(chart.hours), slot):
        hour = chart.hours[column + 1]
        if hour is None or hour.wind_speed is None:
            continue
        color = color_scale.WIND_SPEED.color(hour.wind_speed)
        arrow = wording.wind_arrow(units, hour.wind_speed, hour.wind_direction)
        arrows.put(column, arrow, color)
        speeds.put(column, str(rounded_to_int(units.speed.convert(hour.wind_speed))), color)
    return arrows, speeds
