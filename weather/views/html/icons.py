"""The names of the icons for conditions; `drawings` has a file for each."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from markupsafe import Markup

from weather.core import weather_codes
from weather.core.models import Hours, Report
from weather.core.weather_codes import Symbol

# Their icons show the sun, or the moon at night.
_SKY_VISIBLE = frozenset(
    {Symbol.CLEAR, Symbol.PARTLY_CLOUDY, Symbol.SHOWERS, Symbol.SNOW_SHOWERS, "mainly-clear"}
)
# The page has more pictures than there are symbols.
_FINER = {1: "mainly-clear", 51: "light-drizzle", 55: "dense-drizzle"}


def condition_name(weather_code: int | None) -> str:
    """The name of the icon by day."""
    finer = _FINER.get(weather_code) if weather_code is not None else None
    return finer or str(weather_codes.symbol(weather_code))


@lru_cache(maxsize=256)
def icon(weather_code: int | None, is_day: bool | None = True) -> str:
    """The icon's name for a WMO 4677 code; unknown daylight counts as day."""
    name = condition_name(weather_code)
    return f"{name}-night" if is_day is False and name in _SKY_VISIBLE else name


def hour_icons(hours: Hours) -> set[str]:
    """The names of the icons of a table of hours."""
    skies = set(zip(hours.column("weather_code"), hours.column("is_day"), strict=True))
    return {icon(*sky) for sky in skies}


def current_icon(report: Report) -> str:
    """The name of the icon of the current conditions."""
    return icon(report.current.weather_code, report.current.is_day)


def report_icons(report: Report) -> list[str]:
    """The names of the icons of the current conditions and of the days, sorted."""
    names = {icon(day.weather_code, day.astronomy.sun_is_up_at_noon) for day in report.coming_days}
    return sorted(names | {current_icon(report)})


@cache
def drawing(name: str) -> Markup:
    """What the file of a name has within its `<svg>` element."""
    svg = resources.files("weather.views.html").joinpath("drawings", f"{name}.svg").read_text()
    return Markup(svg.partition(">")[2].removesuffix("</svg>\n"))  # noqa: S704  # our own file
