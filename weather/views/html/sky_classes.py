"""The look of the sky behind the current conditions."""

from __future__ import annotations

from datetime import datetime, timedelta

from weather.core import weather_codes
from weather.core.models import Astronomy, Report
from weather.core.weather_codes import Symbol

_LOW_SUN = timedelta(minutes=40)  # after sunrise and before sunset

# The skies that are not grey.
_SKIES = {
    Symbol.CLEAR: "clear",
    Symbol.PARTLY_CLOUDY: "clear",
    Symbol.THUNDERSTORM: "thunderstorm",
    **dict.fromkeys((Symbol.SNOW, Symbol.HEAVY_SNOW, Symbol.SNOW_SHOWERS), "snow"),
    **dict.fromkeys((Symbol.DRIZZLE, Symbol.RAIN, Symbol.HEAVY_RAIN), "rain"),
    **dict.fromkeys((Symbol.FREEZING_RAIN, Symbol.SHOWERS), "rain"),
}


def sky_classes(report: Report) -> str:
    """The kind of sky, none for a grey one, and the time of day: dawn, dusk, night, or none by
    day."""
    current = report.current
    time = "night" if current.is_day is False else ""
    if report.days:
        time = _twilight(report.days[0].astronomy, current.valid_at) or time
    sky = _SKIES.get(weather_codes.symbol(current.weather_code), "")
    return f"{sky} {time}".strip()


def _twilight(astronomy: Astronomy, at: datetime) -> str:
    dawn, sunrise = astronomy.dawn, astronomy.sunrise
    sunset, dusk = astronomy.sunset, astronomy.dusk
    if dawn and sunrise and dawn <= at < sunrise + _LOW_SUN:
        return "dawn"
    if sunset and dusk and sunset - _LOW_SUN <= at < dusk:
        return "dusk"
    return ""
