"""The fields of days that are aggregates of their hours, computed where they are read.

A line shows none of them, a text one of sixteen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from weather.core import weather_codes
from weather.core.astronomy import day_bounds
from weather.core.dataclass import dataclass
from weather.core.day_values import DayValues
from weather.core.lru import LRU
from weather.core.models.column import Column
from weather.core.models.rows import Hours
from weather.core.ranges import Range

Aggregate = Callable[[DayValues], Column]

# What happens on a day.
PHENOMENA: dict[str, Aggregate] = {
    "weather_code": lambda values: values.of_known("weather_code", weather_codes.most_severe),
    "precipitation": lambda values: values.total("precipitation"),
    "precipitation_probability": lambda v: v.of_known("precipitation_probability", max),
    "snowfall": lambda values: values.total("snowfall"),
    "wind_speed": lambda values: values.summary("wind_speed", max),
    "wind_gusts": lambda values: values.summary("wind_gusts", max, of_following_hour=True),
    "wind_direction": lambda values: values.wind_direction(),
    "uv_index": lambda values: values.summary("uv_index", max),
}
_AGGREGATES: dict[str, Aggregate] = {
    "temperature_max": lambda values: values.summary("temperature", max),
    "temperature_min": lambda values: values.summary("temperature", min),
    "temperature_mean": lambda values: values.mean("temperature"),
    "apparent_temperature_max": lambda values: values.summary("apparent_temperature", max),
    "apparent_temperature_min": lambda values: values.summary("apparent_temperature", min),
    "relative_humidity": lambda values: values.whole_mean("relative_humidity"),
    "pressure_msl": lambda values: values.mean("pressure_msl"),
    "cloud_cover": lambda values: values.whole_mean("cloud_cover"),
    **PHENOMENA,
}
AGGREGATED = frozenset(_AGGREGATES)
_INTEGERS = frozenset({"weather_code"})
_NUMBERS = frozenset({"int", "decimal", "float"})  # kinds of columns
_SIZE, _SIZE_OF_DAY = 300, 4  # bytes
_READ = 16  # forecasts whose fields are read at a time


@dataclass(frozen=True, slots=True, eq=False)
class LocalHours:
    """Hours, and the time zone (an IANA name) of the days that they are aggregated to."""

    hours: Hours
    timezone: str

    def are(self, others: LocalHours) -> bool:
        """Whether both are the same, which is not read off the values."""
        return self.hours is others.hours and self.timezone == others.timezone

    def by_day(self, dates: Column) -> dict[str, AggregatedColumn]:
        """The columns of the days of these dates, none of which may be missing."""
        days, rows = _Days(self, dates), range(len(dates))
        return {
            name: AggregatedColumn(
                "int" if name in _INTEGERS else "decimal", rows, aggregate=name, days=days
            )
            for name in _AGGREGATES
        }


class _Days:
    """Some days; where each begins is computed once for all fields that are read at a time."""

    __slots__ = ("_dates", "local")

    def __init__(self, local: LocalHours, dates: Column) -> None:
        self.local, self._dates = local, dates

    def values(self) -> DayValues:
        values = _VALUES.get(self)
        if values is None:
            zone, dates = self.local.timezone, self._dates.values(0, len(self._dates))
            values = DayValues(self.local.hours, [day_bounds(day, zone) for day in dates])
            _VALUES.put(self, values)
        return values


_VALUES: LRU[_Days, DayValues] = LRU(_READ)


@dataclass(frozen=True, slots=True, eq=False)
class AggregatedColumn(Column):
    """The column of one field of days. Its own numbers mean nothing: those of a part do."""

    aggregate: str = field(kw_only=True)
    days: _Days = field(kw_only=True)
    _limits: Range | None = None
    _computed: tuple[Range | None, Column] | None = None  # and the limits that it is within

    def follows_from(self, local: LocalHours) -> bool:
        """Whether it is an aggregate of these hours."""
        return self.days.local.are(local)

    def value(self, index: int) -> Any:
        return self._column().value(index)

    def values(self, start: int, stop: int) -> list[Any]:
        return self._column().values(start, stop)

    def part(self, start: int, stop: int) -> Column:
        return self._column().part(start, stop)

    def is_within(self, bounds: Range) -> bool:
        """A value that is not is missing from now on."""
        object.__setattr__(self, "_limits", bounds)
        return True

    def size(self) -> int:
        """Also of what is computed later."""
        return _SIZE + _SIZE_OF_DAY * len(self)

    def _column(self) -> Column:
        # Another thread may set the limits meanwhile: what was computed names its own.
        computed, limits = self._computed, self._limits
        if computed is None or computed[0] is not limits:
            computed = limits, self._limited(limits)
            object.__setattr__(self, "_computed", computed)
        return computed[1]

    def _limited(self, limits: Range | None) -> Column:
        column = _AGGREGATES[self.aggregate](self.days.values())
        if limits is None or (column.kind in _NUMBERS and column.is_within(limits)):
            return column
        values = column.values(0, len(column))
        return Column.of([value if _is_within(value, limits) else None for value in values])


def _is_within(value: float | None, limits: Range) -> bool:
    return value is not None and limits.low <= value <= limits.high
