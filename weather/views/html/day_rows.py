"""The list of days: the texts of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from weather.core.models import Conditions, Day
from weather.views.html.clock import Clock
from weather.views.html.day_hours import HourCells, HourTable
from weather.views.html.facts import Facts, facts_list
from weather.views.html.icons import icon
from weather.views.html.pictures import picture
from weather.views.html.range_bar import temperature_range
from weather.views.scale import Scale


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in the list, and its hours and facts, which are folded."""

    date: Markup
    name: str  # the date
    picture: Markup
    condition: str
    temperatures: Markup
    chance: str  # of precipitation; may be empty
    amount: str
    wind: Markup
    hours: HourCells | None
    facts: Markup


@dataclass(frozen=True, slots=True)
class DayRows:
    """Makes the rows of days. `hours` are those of each day's table, `scale` is that of the
    temperatures of all days."""

    facts: Facts
    clock: Clock
    table: HourTable
    hours: Mapping[date, Sequence[Conditions]]
    scale: Scale

    def rows(self, days: Sequence[Day]) -> list[DayRow]:
        """The first of the days is today."""
        return [self._row(day, today=n == 0) for n, day in enumerate(days)]

    def _row(self, day: Day, *, today: bool) -> DayRow:
        format, chance = self.facts.format, day.precipitation_probability
        speed, hours = escape(format.units.speed.text(day.wind_speed)), self.hours.get(day.date)
        return DayRow(
            date=self.clock.short_date(day.date, self._translate("Today") if today else ""),
            name=format.language.date(day.date),
            picture=picture(icon(day.weather_code, day.astronomy.sun_is_up_at_noon)),
            condition=format.condition(day.weather_code),
            temperatures=temperature_range(day, self.scale, format),
            chance="" if chance is None else format.percent(chance),
            amount=self._amount(day.precipitation),
            wind=format.wind(speed, day.wind_speed, day.wind_direction),
            hours=self.table.day(hours) if hours else None,
            facts=facts_list(self.facts.day(day), self.clock),
        )

    def _amount(self, precipitation: float | None) -> str:
        if precipitation == 0:
            return self._translate("dry")
        return self.facts.format.units.precipitation.text(precipitation)

    def _translate(self, message: str) -> str:
        return self.facts.format.language.translate(message)
