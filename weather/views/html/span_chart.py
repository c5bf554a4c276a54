"""The chart of several days, whose hours are read one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Report
from weather.views.html.clock import Clock
from weather.views.html.formatter import Formatter
from weather.views.html.page_shapes.meteogram import COLUMN, Meteogram
from weather.views.html.page_shapes.wind_panel import WindPanel

_HOUR = timedelta(hours=1)
_LONG = 100  # hours
_LONGEST_COLUMN = 6  # hours: a value counts for no longer


@dataclass(frozen=True, slots=True)
class ChartDay:
    """A day on the axis: its `start` in % of the chart's width."""

    name: str  # empty if there is no room
    start: float
    is_trend: bool


@dataclass(frozen=True, slots=True)
class SpanChart:
    """`readings` are the texts of the hours, `lefts` where each begins, in hours since the chart's
    start."""

    meteogram: Meteogram
    wind: WindPanel
    days: tuple[ChartDay, ...]
    readings: tuple[str, ...]
    lefts: tuple[int, ...]
    hours: int  # the length

    @property
    def is_long(self) -> bool:
        """Whether it needs more width than a phone has."""
        return self.hours > _LONG

    @property
    def count(self) -> int:
        """The days that it shows, rounded up."""
        return -(-self.hours // 24)


def span_chart(
    report: Report, span: timedelta, clock: Clock, format: Formatter, precise: timedelta
) -> SpanChart | None:
    """The chart from the present hour to the end of a span; None without hours. Days later than
    `precise` are a trend."""
    if not report.hours:
        return None
    start = report.hours[0].valid_at
    hours = [hour for hour in report.hours if hour.valid_at < start + span]
    lefts = [(hour.valid_at - start) // _HOUR for hour in hours]
    steps = [after - left for left, after in pairwise(lefts)]
    length = lefts[-1] + min(steps[-1] if steps else 1, _LONGEST_COLUMN)
    parts = _days(hours, clock)
    return SpanChart(
        meteogram=Meteogram.at_lefts(
            hours,
            [left * COLUMN for left in lefts],
            length * COLUMN,
            report.quarter,
            [part for _, part in parts],
        ),
        wind=WindPanel.of(hours, [left * COLUMN + COLUMN // 2 for left in lefts], length * COLUMN),
        days=tuple(
            ChartDay(
                _day_name(day, _end(part, lefts, length) - lefts[part[0]], length, clock),
                _percent(lefts[part[0]], length),
                hours[part[0]].valid_at >= report.at + precise,
            )
            for day, part in parts
        ),
        readings=tuple(_reading(hour, clock, format) for hour in hours),
        lefts=tuple(lefts),
        hours=length,
    )


def _day_name(day: date, hours: int, length: int, clock: Clock) -> str:
    """The name of a day that has so many of a chart's hours."""
    if length > _LONG:
        return f"{clock.weekday_text(day)} {day.day}" if hours > 16 else ""
    return clock.language.date(day) if hours > 12 else ""


def _days(hours: Sequence[Conditions], clock: Clock) -> list[tuple[date, list[int]]]:
    """Each local day and the indices of its hours."""
    dates = [clock.local_date(hour.valid_at) for hour in hours]
    return [(day, list(part)) for day, part in groupby(range(len(hours)), dates.__getitem__)]


def _end(part: Sequence[int], lefts: Sequence[int], length: int) -> int:
    return lefts[part[-1] + 1] if part[-1] + 1 < len(lefts) else length


def _percent(hours: int, length: int) -> float:
    return round(100 * hours / length, 2)


def _reading(hour: Conditions, clock: Clock, format: Formatter) -> str:
    """ "Fri 15 May 14:00 · Light rain · 14 °C · 55 % · 1.2 mm · 12 km/h (20)" """
    units, chance = format.units, hour.precipitation_probability
    gusts = "" if hour.wind_gusts is None else f" ({units.speed.number(hour.wind_gusts)})"
    parts = (
        f"{clock.language.date(clock.local_date(hour.valid_at))} {clock.time_text(hour.valid_at)}",
        format.condition(hour.weather_code),
        f"{format.degrees(hour.temperature)}",
        "" if chance is None else format.percent(chance),
        ""
        if hour.precipitation is None
        else f"{format.amount(hour.precipitation)} {units.precipitation.symbol}",
        "" if hour.wind_speed is None else f"{units.speed.text(hour.wind_speed)}{gusts}",
    )
    return " · ".join(part for part in parts if part)
