"""Aggregates of local days' hours that hold for a day as a whole, or are None."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import compress
from math import fsum
from operator import sub
from typing import Any, NamedTuple

from weather.core import formulas
from weather.core.models import Hours
from weather.core.ranges import STORED_DIGITS
from weather.core.rounding import rounded

_HOUR = 3600  # seconds
# Between the values of a whole day: WMO's synoptic hours, main and intermediate, are three hours
# apart, and a day's mean is that of their eight values.
_WIDEST_GAP = 3 * _HOUR

Bounds = tuple[datetime, datetime]
Summary = Callable[[list[Any]], Any]


class _Day(NamedTuple):
    """The rows of a day's hours, and its bounds in seconds since 1970."""

    rows: slice
    start: float
    end: float
    gap: float  # the widest between its hours, and before the first
    left: float  # after the last


class DayValues:
    """The hours of some days, each from a first moment to before a last one. Every method returns
    a value for each of the days: a field is unpacked once for all of them.

    Values are counted, not rows: the high of a day of which half is known would be that of the
    half. The sum of the last hour may be missing, since forecasts end with the moment at which it
    begins: such fields, of the hour that begins at `valid_at`, are `of_following_hour`."""

    def __init__(self, hours: Hours, days: Sequence[Bounds]) -> None:
        self._hours, self._seconds = hours, hours.seconds()
        self._days = [self._day(*bounds) for bounds in days]

    def _day(self, start: datetime, end: datetime) -> _Day:
        rows = slice(self._hours.count_before(start), self._hours.count_before(end))
        bounds = start.timestamp(), end.timestamp()
        return _Day(rows, *bounds, *_gap_and_rest(self._seconds[rows], *bounds))

    def summary(self, name: str, summary: Summary, *, of_following_hour: bool = False) -> list[Any]:
        """Of a field's values, if they cover the day with gaps of three hours at most; else
        None. It is not rounded."""
        rest = 2 * _HOUR if of_following_hour else _HOUR
        covering = self._covering(self._of(name), _WIDEST_GAP, rest)
        return [summary(known) if known else None for known in covering]

    def mean(self, name: str) -> list[float | None]:
        """The mean of a field, with as many decimals as are stored."""
        return self._mean(name, STORED_DIGITS)

    def whole_mean(self, name: str) -> list[float | None]:
        """The mean of a field whose fractions no view shows, as a whole number."""
        return self._mean(name, 0)

    def _mean(self, name: str, digits: int) -> list[float | None]:
        means = self.summary(name, _mean)
        return [None if mean is None else rounded(mean, digits) for mean in means]

    def total(self, name: str) -> list[float | None]:
        """The sum of a field of the following hour that has a value for every hour of the day;
        else None."""
        covering = self._covering(self._of(name), _HOUR, 2 * _HOUR)
        return [rounded(sum(known, 0.0), 2) if known else None for known in covering]

    def of_known(self, name: str, summary: Summary) -> list[Any]:
        """Of the values that there are; None if there is none."""
        values, summaries = self._of(name), []
        for day in self._days:
            known = [value for value in values[day.rows] if value is not None]
            summaries.append(summary(known) if known else None)
        return summaries

    def wind_direction(self) -> list[float | None]:
        """The direction of the mean wind vector, in degrees; None if winds do not cover the day
        or cancel out."""
        speeds, directions = self._of("wind_speed"), self._of("wind_direction")
        winds: list[Any] = list(zip(speeds, directions, strict=True))
        if None in speeds or None in directions:
            winds = [None if None in wind else wind for wind in winds]
        return list(map(formulas.mean_direction, self._covering(winds, _WIDEST_GAP, _HOUR)))

    def _of(self, name: str) -> list[Any]:
        """A field of all hours; None where it is missing."""
        return self._hours.column(name)

    def _covering(self, values: list[Any], widest_gap: float, rest: float) -> Iterator[list[Any]]:
        """Of each day the known ones of the hours' values; none if they leave out more than the
        gap, or at its end more than the `rest`."""
        has_missing = None in values
        for day in self._days:
            known, gap, left = values[day.rows], day.gap, day.left
            if has_missing and None in known:
                has_value = [value is not None for value in known]
                times = list(compress(self._seconds[day.rows], has_value))
                gap, left = _gap_and_rest(times, day.start, day.end)
                known = list(compress(known, has_value))
            yield known if gap <= widest_gap and left <= rest else []


def _gap_and_rest(times: Sequence[float], start: float, end: float) -> tuple[float, float]:
    """The widest gap between times, in seconds, and what is left of a day after the last one. The
    gap is infinite without times, or if they leave out the day's first hour."""
    if not times or times[0] - start >= _HOUR:
        return math.inf, math.inf
    if isinstance(times, range):
        gap = times.step if len(times) > 1 else 0
    else:
        gap = max(map(sub, times[1:], times), default=0)
    return gap, end - times[-1]


def _mean(values: list[float]) -> float:
    """As `statistics.fmean`, whose module loads decimals and fractions."""
    return fsum(values) / len(values)
