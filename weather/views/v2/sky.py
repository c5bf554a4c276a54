"""Day and night, and the moon, over the hours of the chart."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from weather.core.models import Report
from weather.core.moon import moon_at
from weather.views import symbols
from weather.views.symbols import Glyphs
from weather.views.v2.canvas import Row
from weather.views.v2.hours import COLUMNS, HOURS_OF_DAY, ChartHours

_DAY, _TWILIGHT, _NIGHT = ("━", 220), ("─", 172), ("─", 240)


def daylight_row(report: Report, chart: ChartHours, glyphs: Glyphs) -> Row:
    """A line that is heavy while the sun is up, with the moon of each noon at the day's start."""
    zone = ZoneInfo(report.timezone)
    southern = report.place.coordinates.latitude < 0
    row = Row(COLUMNS)
    for number, day in enumerate(report.days[: len(chart.dates)]):
        start = number * HOURS_OF_DAY
        sky = day.astronomy
        for hour in range(HOURS_OF_DAY):
            moment = datetime.combine(day.date, time(hour), zone).astimezone(UTC)
            line, color = _NIGHT
            if _between(sky.dawn, moment, sky.dusk):
                line, color = _TWILIGHT
            if _between(sky.sunrise, moment, sky.sunset) or (
                sky.sunrise is None and sky.sunset is None and sky.sun_is_up_at_noon
            ):
                line, color = _DAY
            row.put(start + hour, line, color)
        noon = datetime.combine(day.date, time(12), zone)
        moon = symbols.moon_sign(moon_at(noon).phase, southern=southern, glyphs=glyphs)
        if moon:
            row.put_cell(start, moon, symbols.columns(moon, glyphs))
    return row


def _between(start: datetime | None, moment: datetime, end: datetime | None) -> bool:
    return start is not None and end is not None and start <= moment < end
