"""When the report of a forecast changes, while the forecast stays the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from weather.core.astronomy import day_bounds
from weather.core.models import Days, Forecast, Hours, Report
from weather.core.present import HOUR

_MINUTE = timedelta(minutes=1)
# By which the moment at which day and night change may differ from the listed sunrise and sunset.
_TWO_MINUTES = timedelta(minutes=2)


def next_change(report: Report, forecast: Forecast) -> datetime:
    """Until when a report of the same forecast differs in its moment and age only, and in what is
    said of the next two hours, for which a view must say that it shows the time: to the next hour,
    midnight, sunrise or sunset, or the end of the measured values. To the next minute where these
    are not known."""
    later = [moment for moment in _changes(report, forecast) if moment > report.at]
    return min(later, default=report.at + _MINUTE)


def _changes(report: Report, forecast: Forecast) -> Iterator[datetime]:
    # By columns: a row would be an object of all its fields.
    hours, days = Hours.of(report.hours[:2]), Days.of(report.days[:2])
    times = hours.column("valid_at")
    if not days or not times or times[0] > report.at:
        # A gap in the forecast, or its end.
        yield report.at + _MINUTE
        return
    for valid_at in times:
        yield valid_at
        yield valid_at + HOUR
    if forecast.current:
        yield forecast.current.valid_at
        yield forecast.current.valid_at + HOUR
        if report.recent_until:
            yield report.recent_until + timedelta.resolution
    yield day_bounds(days.column("date")[0], report.timezone)[1]
    for events in ("astronomy.sunrise", "astronomy.sunset"):
        for event in days.column(events):
            # Near the polar circles one of them may be missing, or happen twice.
            yield _before(event, report.at) if event else report.at + _MINUTE


def _before(event: datetime, now: datetime) -> datetime:
    """The beginning of the minutes around an event; within them, the next minute."""
    if event - _TWO_MINUTES <= now <= event + _TWO_MINUTES:
        return now + _MINUTE
    return event - _TWO_MINUTES
