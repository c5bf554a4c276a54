"""The list of days: the texts of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Day, Disagreement
from weather.views.disagreement import otherwise_values
from weather.views.html.clock import Clock
from weather.views.html.day_hours import HourCells, HourTable, WindCell
from weather.views.html.facts import FactList, Facts, timed
from weather.views.html.icons import icon
from weather.views.html.page_shapes.range_bar import RangeBar, range_bar
from weather.views.html.wind_force import force_class
from weather.views.scale import Scale
from weather.views.wording import minus

PRECISE = timedelta(days=7)  # what is later is a trend


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in the list, and its hours and facts, which are folded."""

    key: str  # ISO 8601
    date: str  # "Today", or the same as the name
    name: str
    icon: str
    condition: str
    low: str
    high: str
    bar: RangeBar | None
    chance: str  # of precipitation; may be empty
    amount: str
    is_dry: bool
    wind: WindCell
    starts_trend: bool  # the first of the days that are only a trend
    hours: HourCells | None  # of the opened day
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DayRows:
    """Makes the rows of days. `opened` is the day whose hours are on the page, `scale` is that of
    the temperatures of all days."""

    facts: Facts
    clock: Clock
    table: HourTable
    opened: date | None
    hours: Sequence[Conditions]  # of the opened day
    scale: Scale
    disagreements: Sequence[Disagreement] = ()

    def rows(self, days: Sequence[Day]) -> list[DayRow]:
        """The first of the days is today."""
        return [self._row(day, number) for number, day in enumerate(days)]

    def _row(self, day: Day, number: int) -> DayRow:
        format, name = self.facts.format, self.facts.format.language.date(day.date)
        chance = day.precipitation_probability
        return DayRow(
            key=day.date.isoformat(),
            date=name if number else format.language.translate("Today"),
            name=name,
            icon=icon(day.weather_code, day.astronomy.sun_is_up_at_noon),
            condition=format.condition(day.weather_code),
            low=format.degrees(day.temperature_min),
            high=format.degrees(day.temperature_max),
            bar=range_bar(day, self.scale),
            chance="" if chance is None else format.percent(chance),
            amount=format.precipitation(day.precipitation),
            is_dry=not day.precipitation,
            wind=WindCell(
                format.speed_text(day.wind_speed),
                format.arrow(day.wind_speed, day.wind_direction),
                force_class(day.wind_speed),
            ),
            starts_trend=number == PRECISE.days,
            hours=self.table.cells(self.hours) if day.date == self.opened else None,
            facts=timed([*self._otherwise(day), *self.facts.day(day)], self.clock),
        )

    def _otherwise(self, day: Day) -> FactList:
        """What another provider expects of the day, where that differs."""
        format = self.facts.format
        return [
            (
                format.language.translate("Another forecast"),
                minus(otherwise_values(item, format.language, format.units)),
            )
            for item in self.disagreements
            if item.date == day.date
        ]
