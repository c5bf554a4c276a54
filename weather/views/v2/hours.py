"""The hours of the days that a chart shows, one for each column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Report
from weather.views.text.timeline import Timeline

DAYS = 3
HOURS_OF_DAY = 24
COLUMNS = DAYS * HOURS_OF_DAY


@dataclass(frozen=True, slots=True)
class ChartHours:
    """`COLUMNS` hours from the first midnight on; None where no forecast is within 3 hours.

    Those of today that have `passed` are part of the chart, as in wttr.in's, but are no forecast.
    """

    dates: tuple[date, ...]
    hours: tuple[Conditions | None, ...]
    passed: int  # the columns before the present hour

    @classmethod
    def of(cls, report: Report) -> ChartHours:
        zone = ZoneInfo(report.timezone)
        timeline = Timeline(report.earlier, report.hours, zone)
        dates = tuple(day.date for day in report.days[:DAYS])
        hours = [timeline.nearest(day, hour) for day in dates for hour in range(HOURS_OF_DAY)]
        present = report.at.astimezone(zone)
        passed = present.hour if dates and dates[0] == present.date() else 0
        return cls(dates, tuple(hours), passed)

    def values(self, name: str) -> list[float | None]:
        """A field of each hour."""
        return [getattr(hour, name) if hour else None for hour in self.hours]

    def by_day(self, name: str) -> list[Sequence[float | None]]:
        """A field of each hour, one list a day."""
        values = self.values(name)
        return [values[i : i + HOURS_OF_DAY] for i in range(0, len(values), HOURS_OF_DAY)]
