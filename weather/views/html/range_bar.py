"""The temperature range of a day as a bar."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from weather.core.models import Day
from weather.views.html.formatter import Formatter
from weather.views.scale import Scale

_NARROWEST = 2  # %, so that the bar is visible


def days_scale(days: Iterable[Day]) -> Scale:
    """The scale of the temperatures of all days."""
    return Scale.of(t for day in days for t in (day.temperature_min, day.temperature_max))


def temperature_range(day: Day, scale: Scale, format: Formatter) -> Markup:
    """The lowest and the highest temperature, with a bar on the scale of all days between them;
    no bar if one is missing."""
    low, high = escape(format.degrees(day.temperature_min)), format.degrees(day.temperature_max)
    return Markup(  # noqa: S704  # numbers, and texts that are escaped
        f'<span class="range"><span>{low}</span>\n'
        '<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f"{_bar(day, scale)}</svg>\n"
        f"<span>{escape(high)}</span></span>\n"
    )


def _bar(day: Day, scale: Scale) -> str:
    if day.temperature_min is None or day.temperature_max is None:
        return ""
    left = scale.position(day.temperature_min)
    width = round(max(scale.position(day.temperature_max) - left, _NARROWEST), 1)
    return f'<rect fill="url(#warmth)" x="{left}" width="{width}" height="6" rx="3"/>'
