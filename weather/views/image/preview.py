"""The preview image of a page, for link previews (og:image): place, current conditions, and a
chart of the next 24 hours.

It is drawn pixel by pixel, as no imaging library is pure Python.
"""

from __future__ import annotations

import math
from datetime import timedelta

from weather.core import weather_codes
from weather.core.models import Hours, Report
from weather.views.image import png
from weather.views.image.canvas import Canvas
from weather.views.image.palette import PRECIPITATION, TEMPERATURE, WHITE, palette
from weather.views.image.sky import draw_sky
from weather.views.options import ViewOptions
from weather.views.scale import Scale
from weather.views.units import unit_system

_ENLARGEMENT = 4
_CHART_LEFT, _COLUMN = 14, 11  # pixels
_RAIN_BOTTOM, _MAX_BAR, _MM = 150, 30, 7  # a millimetre is 7 pixels high
_CURVE_BOTTOM, _PERCENT = 140, 0.28  # a hundredth of the scale is 0.28 pixels high


def render(report: Report, options: ViewOptions) -> bytes:
    """A PNG of 1200 by 632 pixels."""
    canvas, current, units = Canvas(), report.current, unit_system(options)
    night = current.is_day is False
    degrees = units.temperature.number(current.temperature, "-")
    draw_sky(canvas, current.weather_code, night=night)
    canvas.write(report.place.label, 14, 14, 2, WHITE)
    canvas.write(f"{degrees}°{units.temperature.symbol[1:]}", 14, 42, 6, WHITE)
    canvas.write(weather_codes.condition(current.weather_code), 14, 94, 1, WHITE)
    _draw_chart(canvas, report)
    if report.provenance.sample:
        canvas.write("SAMPLE DATA", 216, 94, 1, WHITE)
    colors = palette(weather_codes.symbol(current.weather_code), night=night)
    return png.encode([bytes(row) for row in canvas.rows], colors, _ENLARGEMENT)


def _draw_chart(canvas: Canvas, report: Report) -> None:
    """Draw the next 24 hours: temperature as a line, precipitation as bars."""
    end = report.at + timedelta(days=1)
    hours = Hours.of(report.hours).between(end=end)
    scale = Scale.of([hour.temperature for hour in hours], min_span=6)
    for n, hour in enumerate(hours):
        left = _CHART_LEFT + n * _COLUMN
        height = min(_MAX_BAR, math.ceil((hour.precipitation or 0) * _MM))
        bar = ((x, _RAIN_BOTTOM - y) for x in range(2, 9) for y in range(height))
        canvas.draw(bar, PRECIPITATION, left)
        if hour.temperature is not None:
            top = _CURVE_BOTTOM - round(scale.position(hour.temperature) * _PERCENT)
            line = ((x, y) for x in range(_COLUMN) for y in range(3))
            canvas.draw(line, TEMPERATURE, left, top)
