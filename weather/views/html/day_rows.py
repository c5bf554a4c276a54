"""The list of days: the texts of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple

from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Day, Days, Disagreement
from weather.views.disagreement import otherwise_values
from weather.views.html.clock import Clock
from weather.views.html.day_hours import HourCells, HourTable, WindCell
from weather.views.html.formatter import Formatter
from weather.views.html.icons import icon
from weather.views.html.page_shapes.range_bar import RangeBar, range_bar
from weather.views.html.wind_force import force_class
from weather.views.scale import Scale
from weather.views.wording import minus

PRECISE = timedelta(days=7)  # what is later is a trend

_APPARENT = ("apparent_temperature_min", "apparent_temperature_max")
Fact = tuple[str, str]  # label and value


class DayRow(NamedTuple):
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
    facts: Sequence[Fact]  # those whose value is empty are not shown


@dataclass(frozen=True, slots=True)
class ComingDays:
    """The days as forecasts. The first one is today, of which only the rest is to come. They are
    read by columns, as a page shows half of a day's fields."""

    days: Days
    rest_of_today: Day | None

    def column(self, name: str) -> list[Any]:
        """The values of a field, as those of `Days.column`."""
        values = self.days.column(name)
        if self.rest_of_today and values:
            values[0] = attrgetter(name)(self.rest_of_today)
        return values


@dataclass(frozen=True, slots=True)
class DayRows:
    """Makes the rows of days. `opened` is the day whose hours are on the page, `scale` is that of
    the temperatures of all days."""

    format: Formatter
    clock: Clock
    opened: date | None
    hours: Sequence[Conditions]  # of the opened day
    scale: Scale
    disagreements: Sequence[Disagreement] = ()

    def rows(self, days: ComingDays) -> list[DayRow]:
        """The first of the days is today."""
        format, column = self.format, days.column
        dates = column("date")
        names = list(map(format.date_text, dates))
        codes, lows, highs = map(column, ("weather_code", "temperature_min", "temperature_max"))
        amounts, chances = column("precipitation"), column("precipitation_probability")
        texts = {
            "key": map(date.isoformat, dates),
            "date": [format.language.translate("Today"), *names[1:]],
            "name": names,
            "icon": map(icon, codes, column("astronomy.sun_is_up_at_noon")),
            "condition": map(format.condition, codes),
            "low": map(format.degrees, lows),
            "high": map(format.degrees, highs),
            "bar": map(range_bar, lows, highs, repeat(self.scale)),
            "chance": ["" if chance is None else format.percent(chance) for chance in chances],
            "amount": map(format.precipitation, amounts),
            "is_dry": [not amount for amount in amounts],
            "wind": map(self._wind, column("wind_speed"), column("wind_direction")),
            "starts_trend": [number == PRECISE.days for number in range(len(dates))],
            "hours": [self._hours() if day == self.opened else None for day in dates],
            "facts": self._facts(days, dates),
        }
        return list(map(DayRow._make, zip(*map(texts.__getitem__, DayRow._fields), strict=True)))

    def _wind(self, speed: float | None, direction: float | None) -> WindCell:
        format = self.format
        return WindCell(
            format.speed_text(speed), format.arrow(speed, direction), force_class(speed)
        )

    def _hours(self) -> HourCells:
        return HourTable(self.clock, self.format).cells(self.hours)

    def _facts(self, days: ComingDays, dates: Sequence[date]) -> Iterable[Sequence[Fact]]:
        """What the days' summary lines do not have."""
        format, translate, column = self.format, self.format.language.translate, days.column
        texts = (
            (translate("Feels like"), map(format.temperature_span, *map(column, _APPARENT))),
            (translate("Gusts"), map(format.gusts, column("wind_gusts"))),
            (translate("Snowfall"), map(format.snowfall, column("snowfall"))),
            (translate("UV index"), map(format.uv_index, column("uv_index"))),
            (translate("Sunrise"), map(self._time, column("astronomy.sunrise"))),
            (translate("Sunset"), map(self._time, column("astronomy.sunset"))),
        )
        facts = zip(*(zip(repeat(label), values) for label, values in texts), strict=True)
        if not self.disagreements:
            return facts
        return [(*self._otherwise(day), *others) for day, others in zip(dates, facts, strict=True)]

    def _time(self, moment: datetime | None) -> str:
        return self.clock.time_text(moment) if moment else "–"

    def _otherwise(self, day: date) -> Iterator[Fact]:
        """What another provider expects of the day, where that differs."""
        format = self.format
        for item in self.disagreements:
            if item.date == day:
                values = minus(otherwise_values(item, format.language, format.units))
                yield format.language.translate("Another forecast"), values
