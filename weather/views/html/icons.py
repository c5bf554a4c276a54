"""The names of the icons for conditions; icons.html has their drawings."""

from __future__ import annotations

from collections.abc import Iterable

from weather.core import weather_codes
from weather.core.models import Conditions, Report
from weather.core.weather_codes import Symbol

# Their icons show the sun, or the moon at night.
_SKY_VISIBLE = {Symbol.CLEAR, Symbol.PARTLY_CLOUDY, Symbol.SHOWERS, Symbol.SNOW_SHOWERS}


def icon(weather_code: int | None, is_day: bool | None = True) -> str:
    """The icon's name for a WMO 4677 code; unknown daylight counts as day."""
    symbol = weather_codes.symbol(weather_code)
    return f"{symbol}-night" if is_day is False and symbol in _SKY_VISIBLE else str(symbol)


def report_icons(report: Report, hours: Iterable[Conditions]) -> list[str]:
    """The names of the icons on a page with these `hours`, sorted.

    Without hours the page has no tables of days either.
    """
    moments = [report.current, *hours]
    if hours:
        moments += report.hours
    skies = {(moment.weather_code, moment.is_day) for moment in moments}
    skies |= {(day.weather_code, day.astronomy.sun_is_up_at_noon) for day in report.coming_days}
    return sorted({icon(*sky) for sky in skies})
