"""Aggregates of a local day's hours that hold for the day as a whole, or are None."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import datetime
from itertools import compress
from math import fsum
from operator import sub
from typing import Any

from weather.core import formulas
from weather.core.dataclass import dataclass
from weather.core.models import Hours
from weather.core.ranges import STORED_DIGITS
from weather.core.rounding import rounded

_HOUR = 3600  # seconds
# Between the values of a whole day: WMO's synoptic hours, main and intermediate, are three hours
# apart, and a day's mean is that of their eight values.
_WIDEST_GAP = 3 * _HOUR

Summary = Callable[[list[Any]], Any]


class HourValues:
    """The values of hours by field, each of which is unpacked once for all days."""

    def __init__(self, hours: Hours) -> None:
        self._hours = hours
        self._fields: dict[str, list[Any]] = {}
        self.seconds = hours.seconds()

    def of(self, name: str) -> list[Any]:
        """One value for each hour; None where it is missing."""
        values = self._fields.get(name)
        if values is None:
            values = self._fields[name] = self._hours.column(name)
        return values

    def day(self, start: datetime, end: datetime) -> tuple[DayValues, DayValues]:
        """The values from `start` to before `end`: those of the moments, and those of the hours
        that begin at them."""
        rows = slice(self._hours.count_before(start), self._hours.count_before(end))
        bounds = start.timestamp(), end.timestamp()
        return (
            DayValues(self, rows, *bounds),
            DayValues(self, rows, *bounds, of_following_hour=True),
        )


@dataclass(slots=True)
class DayValues:
    """The hours in some `rows`, of a day that begins at `start` and lasts to `end` (seconds since
    1970). `of_following_hour`: the fields that are read are those of the hour that begins at
    `valid_at`.

    Values are counted, not rows: the high of a day of which half is known would be that of the
    half. The sum of the last hour may be missing, since forecasts end with the moment at which it
    begins."""

    of: HourValues
    rows: slice
    start: float
    end: float
    of_following_hour: bool = False
    _gap: float = field(init=False)  # of all hours

    def __post_init__(self) -> None:
        self._gap = self._gap_of(self.of.seconds[self.rows])

    def summary(self, name: str, summary: Summary) -> Any:
        """Of a field's values, if they cover the day with gaps of three hours at most; else
        None. It is not rounded."""
        known = self._covering(name, _WIDEST_GAP)
        return summary(known) if known else None

    def mean(self, name: str) -> float | None:
        """The mean of a field, with as many decimals as are stored."""
        mean = self.summary(name, _mean)
        return None if mean is None else rounded(mean, STORED_DIGITS)

    def whole_mean(self, name: str) -> float | None:
        """The mean of a field whose fractions no view shows, as a whole number."""
        mean = self.summary(name, _mean)
        return None if mean is None else rounded(mean)

    def total(self, name: str) -> float | None:
        """The sum of a field that has a value for every hour of the day; else None."""
        known = self._covering(name, _HOUR)
        return rounded(sum(known, 0.0), 2) if known else None

    def of_known(self, name: str, summary: Summary) -> Any:
        """Of the values that there are; None if there is none."""
        values = self.values(name)
        if None in values:
            values = [value for value in values if value is not None]
        return summary(values) if values else None

    def wind_direction(self) -> float | None:
        """The direction of the mean wind vector, in degrees; None if winds do not cover the day
        or cancel out."""
        speeds, directions = self.values("wind_speed"), self.values("wind_direction")
        winds, known = list(zip(speeds, directions, strict=True)), None
        if None in speeds or None in directions:
            known = [None not in wind for wind in winds]
            winds = list(compress(winds, known))
        return formulas.mean_direction(winds) if self._covers(known, _WIDEST_GAP) else None

    def values(self, name: str) -> list[Any]:
        """One value for each hour; None where it is missing."""
        return self.of.of(name)[self.rows]

    def _covering(self, name: str, widest_gap: int) -> list[Any]:
        """The known values of a field; none if they do not cover the day."""
        values, known = self.values(name), None
        if None in values:
            known = [value is not None for value in values]
            values = list(compress(values, known))
        return values if self._covers(known, widest_gap) else []

    def _covers(self, known: Sequence[bool] | None, widest_gap: int) -> bool:
        """Whether the `known` hours, or all of them, cover the day without a wider gap."""
        times = self.of.seconds[self.rows]
        gap = self._gap if known is None else self._gap_of(list(compress(times, known)))
        return gap <= widest_gap

    def _gap_of(self, times: Sequence[float]) -> float:
        """The widest gap between times in seconds; infinite if they leave out an end of the day."""
        if not times or times[0] - self.start >= _HOUR:
            return math.inf
        if self.end - times[-1] > (2 * _HOUR if self.of_following_hour else _HOUR):
            return math.inf
        if isinstance(times, range):
            return times.step if len(times) > 1 else 0
        return max(map(sub, times[1:], times), default=0)


def _mean(values: list[float]) -> float:
    """As `statistics.fmean`, whose module loads decimals and fractions."""
    return fsum(values) / len(values)
