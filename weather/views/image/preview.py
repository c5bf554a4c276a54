"""The preview image of a page, for link previews (og:image): place, current conditions, and a
chart of the next 24 hours.

It is drawn pixel by pixel, as no imaging library is pure Python.
"""

from __future__ import annotations

import math
import textwrap
from datetime import timedelta

from weather.core import weather_codes
from weather.core.models import Hours, Place, Report
from weather.views.image import pixel_font, png
from weather.views.image.canvas import WIDTH, Canvas
from weather.views.image.palette import PRECIPITATION, TEMPERATURE, WHITE, palette
from weather.views.image.sky import draw_sky
from weather.views.options import ViewOptions
from weather.views.scale import Scale
from weather.views.units import unit_system

_ENLARGEMENT = 4
_NAME_LEFT, _MOST_LINES = 14, 4
_CHART_LEFT, _COLUMN = 14, 11  # pixels
_RAIN_BOTTOM, _MAX_BAR, _MM = 150, 30, 7  # a millimetre is 7 pixels high
_CURVE_BOTTOM, _PERCENT = 140, 0.28  # a hundredth of the scale is 0.28 pixels high


def render(report: Report, options: ViewOptions) -> bytes:
    """A PNG of 1200 by 632 pixels."""
    canvas, current, units = Canvas(), report.current, unit_system(options)
    night = current.is_day is False
    degrees = units.temperature.number(current.temperature, "-")
    draw_sky(canvas, current.weather_code, night=night)
    _write_name(canvas, report.place)
    canvas.write(f"{degrees}°{units.temperature.symbol[1:]}", 14, 42, 6, WHITE)
    canvas.write(weather_codes.condition(current.weather_code), 14, 94, 1, WHITE)
    _draw_chart(canvas, report)
    if report.provenance.sample:
        canvas.write("SAMPLE DATA", 216, 94, 1, WHITE)
    colors = palette(weather_codes.symbol(current.weather_code), night=night)
    return png.encode([bytes(row) for row in canvas.rows], colors, _ENLARGEMENT)


def _write_name(canvas: Canvas, place: Place) -> None:
    """Write a name of any length in full, as large as it fits; coordinates for one that the font
    lacks letters of."""
    is_drawable = place.name and pixel_font.drawable(place.label) is not None
    text = place.label if is_drawable else str(place.coordinates)
    lines, size, top = _name_lines(text)
    for n, line in enumerate(lines):
        canvas.write(line, _NAME_LEFT, top + n * (pixel_font.HEIGHT + 2) * size, size, WHITE)


def _name_lines(text: str) -> tuple[list[str], int, int]:
    """The lines of a name, their size and the top of the first."""
    for most, size, top in ((1, 2, 14), (2, 2, 4)):
        # Large letters do not break words, small ones may.
        lines = textwrap.wrap(text, length := _line_length(size), break_long_words=False)
        if len(lines) <= most and max(map(len, lines)) <= length:
            return lines, size, top
    return textwrap.wrap(text, _line_length(1))[:_MOST_LINES], 1, 4


def _line_length(size: int) -> int:
    return (WIDTH - 2 * _NAME_LEFT) // (pixel_font.ADVANCE * size)


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
