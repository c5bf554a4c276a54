"""Values of which none is missing, and their notation."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime
from typing import Any

from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Hours, Report
from weather.core.rounding import rounded, rounded_to_int

MILE = 1.609344  # km
INCH = 25.4  # mm
INCH_OF_MERCURY = 33.8639  # hPa, at 0 °C

Text = list[dict[str, str]]
Leaf = str | Text


class Series:
    """The hours of today and later, each field of which has a value at every moment. `missing`
    collects the names of the fields that have none in any hour, and are 0."""

    def __init__(self, report: Report) -> None:
        self.missing: set[str] = set()
        self._hours = Hours.of(report.earlier), Hours.of(report.hours)
        self._times = self._column("valid_at")
        self._rows: dict[int, Conditions] = {}  # of which each day reads some several times

    def at(self, moment: datetime) -> Moment:
        """The values of the hour that is nearest to a moment."""
        after = bisect_left(self._times, moment)
        around = range(max(after - 1, 0), min(after + 1, len(self._times)))
        nearest = min(around, key=lambda row: abs(self._times[row] - moment), default=None)
        return Moment(self, Conditions(moment) if nearest is None else self._row(nearest))

    def nearest(self, name: str, moment: datetime, default: float = 0) -> float:
        """The value of the hour nearest to the moment that has one; else the default."""
        if name in self.missing:
            return default
        known = (
            (abs(time - moment), value)
            for time, value in zip(self._times, self._column(name), strict=True)
            if value is not None
        )
        _, value = min(known, default=(None, None))
        if value is None:
            self.missing.add(name)
            return default
        return float(value)

    def _column(self, name: str) -> list[Any]:
        return [value for hours in self._hours for value in hours.column(name)]

    def _row(self, row: int) -> Conditions:
        if row not in self._rows:
            first, second = self._hours
            past = row - len(first)
            self._rows[row] = first[row] if past < 0 else second[past]
        return self._rows[row]


@dataclass(frozen=True, slots=True)
class Moment:
    """Conditions in which the values that are missing are those of the nearest hour."""

    series: Series
    conditions: Conditions

    def __getitem__(self, name: str) -> float:
        value = getattr(self.conditions, name)
        if value is None:
            return self.series.nearest(name, self.conditions.valid_at)
        return float(value)

    @property
    def weather_code(self) -> int:
        """WMO 4677; -1 if no hour has one."""
        known = self.conditions.weather_code
        if known is None:
            known = int(self.series.nearest("weather_code", self.conditions.valid_at, -1))
        return known

    @property
    def is_night(self) -> bool:
        return self.conditions.is_day is False


def whole(value: float) -> str:
    """ "-3" """
    return str(rounded_to_int(value))


def decimal(value: float, digits: int = 1) -> str:
    """ "0.4" """
    return f"{rounded(value, digits):.{digits}f}"


def fahrenheit(celsius: float) -> float:
    return celsius * 9 / 5 + 32


def text(value: str) -> Text:
    """The schema wraps a text that may be translated."""
    return [{"value": value}]
