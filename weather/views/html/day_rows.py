"""The list of days: the texts of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from weather.core.models import Conditions, Day, Disagreement
from weather.views.disagreement import otherwise_values
from weather.views.html.clock import Clock
from weather.views.html.day_hours import HourCells, HourTable
from weather.views.html.facts import FactList, Facts, facts_list
from weather.views.html.icons import icon
from weather.views.html.pictures import picture
from weather.views.html.range_bar import temperature_range
from weather.views.html.wind_force import force_class
from weather.views.scale import Scale
from weather.views.wording import minus

PRECISE = timedelta(days=7)  # what is later is a trend


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in the list, and its hours and facts, which are folded."""

    key: str  # ISO 8601
    date: Markup
    name: str  # the date
    picture: Markup
    condition: str
    temperatures: Markup
    chance: str  # of precipitation; may be empty
    amount: str
    is_dry: bool
    wind: Markup
    force: str  # the class of the wind's force; may be empty
    starts_trend: bool  # the first of the days that are only a trend
    hours: HourCells | None  # of the opened day
    facts: Markup


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
        format, chance = self.facts.format, day.precipitation_probability
        speed = escape(format.units.speed.text(day.wind_speed))
        return DayRow(
            key=day.date.isoformat(),
            date=self.clock.short_date(day.date, "" if number else self._translate("Today")),
            name=format.language.date(day.date),
            picture=picture(icon(day.weather_code, day.astronomy.sun_is_up_at_noon)),
            condition=format.condition(day.weather_code),
            temperatures=temperature_range(day, self.scale, format),
            chance="" if chance is None else format.percent(chance),
            amount=self._amount(day.precipitation),
            is_dry=not day.precipitation,
            wind=format.wind(speed, day.wind_speed, day.wind_direction),
            force=force_class(day.wind_speed),
            starts_trend=number == PRECISE.days,
            hours=self.table.cells(self.hours) if day.date == self.opened else None,
            facts=facts_list([*self._otherwise(day), *self.facts.day(day)], self.clock),
        )

    def _otherwise(self, day: Day) -> FactList:
        """What another provider expects of the day, where that differs."""
        format = self.facts.format
        label = format.language.translate("Another forecast")
        return [
            (label, minus(otherwise_values(item, format.units)))
            for item in self.disagreements
            if item.date == day.date
        ]

    def _amount(self, precipitation: float | None) -> str:
        if precipitation == 0:
            return self._translate("dry")
        format = self.facts.format
        if precipitation is None:
            return format.units.precipitation.text(precipitation)
        return f"{format.amount(precipitation)} {format.units.precipitation.symbol}"

    def _translate(self, message: str) -> str:
        return self.facts.format.language.translate(message)
