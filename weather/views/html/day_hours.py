"""The hours in the table of each day."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from weather.core.models import Conditions, Report

_DETAILED_DAYS = timedelta(days=7)


def every_third_hour(report: Report, zone: ZoneInfo) -> dict[date, list[Conditions]]:
    """For each local day, the conditions at 0, 3, 6 … 21 o'clock that the report has.

    After a week, where forecasts are less precise, at 0, 6, 12 and 18 o'clock.
    """
    by_day: dict[date, list[Conditions]] = {}
    coarse_from = report.at.astimezone(zone).date() + _DETAILED_DAYS
    for hour in (*report.earlier, *report.hours):
        local = hour.valid_at.astimezone(zone)
        if local.hour % (6 if local.date() >= coarse_from else 3) == 0:
            by_day.setdefault(local.date(), []).append(hour)
    return by_day
