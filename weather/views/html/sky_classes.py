"""The look of the sky behind the current conditions."""

from __future__ import annotations

from datetime import datetime, timedelta

from weather.core.models import Astronomy, Report
from weather.views.html.icons import condition_name

_LOW_SUN = timedelta(minutes=40)  # after sunrise and before sunset


def sky_classes(report: Report) -> str:
    """The condition, and the time of day: dawn, dusk, night, or none by day."""
    current = report.current
    time = "night" if current.is_day is False else ""
    if report.days:
        time = _twilight(report.days[0].astronomy, current.valid_at) or time
    return f"{condition_name(current.weather_code)} {time}".rstrip()


def _twilight(astronomy: Astronomy, at: datetime) -> str:
    dawn, sunrise = astronomy.dawn, astronomy.sunrise
    sunset, dusk = astronomy.sunset, astronomy.dusk
    if dawn and sunrise and dawn <= at < sunrise + _LOW_SUN:
        return "dawn"
    if sunset and dusk and sunset - _LOW_SUN <= at < dusk:
        return "dusk"
    return ""
