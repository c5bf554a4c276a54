"""The forecast in the line: `%t@+3h`, `%C@tomorrow`, `%H@1d`, `%o@18:00`.

    time = ["+"] hours "h" | ["+"] days "d" | "today" | "tomorrow" | HH ":" MM

A "+" of the query string is a blank, so that a blank stands for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from weather.core.models import Conditions, Day, Hours
from weather.views.oneline.values import Values

# What follows must not make another word of it: "%t@1d" but not "%t@1day" or "%t@18:00:30".
TIME = r"(?:[+ ]?(?:\d{1,3}h|\d{1,2}d)|today|tomorrow|(?:[01]\d|2[0-3]):[0-5]\d)(?![0-9A-Za-z]|:\d)"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_FARTHEST = 3 * _HOUR  # of the row that stands for a moment, as in the tables of the text
_DAYS = {"today": 0, "tomorrow": 1}


def at(values: Values, text: str) -> Values | None:
    """The values at a time that `TIME` matches; None if the forecast does not cover it.

    Hours are counted from the present one, so that a line is true until the hour ends, and 18:00 is
    the next one, or the present hour.
    """
    text = text.lstrip("+ ")
    if text in _DAYS or text.endswith("d"):
        return _of_day(values, _DAYS[text] if text in _DAYS else int(text[:-1]))
    hours = Hours.of(values.report.hours)
    if not hours:
        return None
    start = hours[0].valid_at
    if text.endswith("h"):
        return _of_hour(values, start + int(text[:-1]) * _HOUR)
    return _of_hour(values, _next(start, time.fromisoformat(text), values))


def hours_of(day: Day, values: Values) -> Hours:
    """The hours of a local day, those of today that have passed included."""
    zone = ZoneInfo(values.report.timezone)
    start, end = (
        datetime.combine(date, time(), zone).astimezone(UTC) for date in (day.date, day.date + _DAY)
    )
    parts = (Hours.of(values.report.earlier), Hours.of(values.report.hours))
    earlier, coming = (part.between(start, end) for part in parts)
    return earlier.followed_by(coming)


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of the values that there are; None without any."""
    present = [value for value in values if value is not None]
    return sum(present) / len(present) if present else None


def _next(start: datetime, clock: time, values: Values) -> datetime:
    """The first moment from `start` on when the local clock shows a time."""
    zone = ZoneInfo(values.report.timezone)
    today = start.astimezone(zone).date()
    moments = (datetime.combine(today + n * _DAY, clock, zone).astimezone(UTC) for n in range(3))
    return next(moment for moment in moments if moment >= start)


def _of_hour(values: Values, moment: datetime) -> Values | None:
    hours = Hours.of(values.report.hours)
    count = hours.count_before(moment)
    rows = [(abs(row.valid_at - moment), row) for row in hours[max(count - 1, 0) : count + 1]]
    distance, conditions = min(rows, key=lambda row: row[0], default=(_FARTHEST, None))
    if conditions is None or distance > _FARTHEST:
        return None
    local = values.local(moment).date()
    day = next((day for day in values.report.days if day.date == local), None)
    return replace(values, moment=moment, conditions=conditions, day=day)


def _of_day(values: Values, number: int) -> Values | None:
    """The day that is `number` days after today, as one row of conditions."""
    days = values.report.coming_days
    date = days[0].date + number * _DAY if days else None
    day = next((day for day in days if day.date == date), None)
    if day is None:
        return None
    noon = datetime.combine(day.date, time(12), ZoneInfo(values.report.timezone)).astimezone(UTC)
    return replace(values, moment=noon, conditions=_summary(day, noon, values), day=day)


def _summary(day: Day, noon: datetime, values: Values) -> Conditions:
    """Means of the day; the sum of precipitation; the highest probability, wind and UV index; the
    most severe condition."""
    own = hours_of(day, values)
    return Conditions(
        valid_at=noon,
        temperature=day.temperature_mean,
        apparent_temperature=mean(own.column("apparent_temperature")),
        dew_point=mean(own.column("dew_point")),
        relative_humidity=day.relative_humidity,
        precipitation=day.precipitation,
        precipitation_probability=day.precipitation_probability,
        weather_code=day.weather_code,
        wind_speed=day.wind_speed,
        wind_direction=day.wind_direction,
        pressure_msl=day.pressure_msl,
        uv_index=day.uv_index,
        is_day=True,
    )
