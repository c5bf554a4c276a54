"""The names of the icons for conditions; `drawings` has a file for each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

from markupsafe import Markup

from weather.core import weather_codes
from weather.core.models import Conditions, Report
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


def icon(weather_code: int | None, is_day: bool | None = True) -> str:
    """The icon's name for a WMO 4677 code; unknown daylight counts as day."""
    name = condition_name(weather_code)
    return f"{name}-night" if is_day is False and name in _SKY_VISIBLE else name


def report_icons(report: Report, hours: Iterable[Conditions]) -> list[str]:
    """The names of the icons on a page with a table of these `hours`, sorted."""
    skies = {(moment.weather_code, moment.is_day) for moment in (report.current, *hours)}
    skies |= {(day.weather_code, day.astronomy.sun_is_up_at_noon) for day in report.coming_days}
    return sorted({icon(*sky) for sky in skies})


@cache
def symbol(name: str) -> Markup:
    """The drawing of a name as an SVG symbol with that id; style.css has its colours."""
    svg = resources.files("weather.views.html").joinpath("drawings", f"{name}.svg").read_text()
    inside = svg.partition(">")[2].removesuffix("</svg>\n")
    size = 16 if name == "arrow" else 32
    return Markup(  # noqa: S704  # our own file
        f'<symbol id="{name}" viewBox="0 0 {size} {size}">{inside}</symbol>\n'
    )
