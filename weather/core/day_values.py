"""Aggregates of local days' hours that hold for a day as a whole, or are None."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import compress
from math import fsum
from operator import sub
from typing import Any, NamedTuple

from weather.core import formulas
from weather.core.models import Hours
from weather.core.models.column import Column
from weather.core.ranges import STORED_DIGITS

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


class _Field(NamedTuple):
    """The values of all hours, in units of 1/`scale` of their own, and None where one is missing.
    Those that are no decimal fractions are given as they are."""

    values: list[Any]
    scale: int
    is_decimal: bool
    has_missing: bool

    @classmethod
    def of(cls, column: Column | None, count: int) -> _Field:
        """Of so many hours. Whole numbers are compared and added in half the time of floats."""
        if column is None:
            return cls([None] * count, 1, is_decimal=False, has_missing=True)
        if column.kind != "decimal":
            values = column.values(0, count)
            return cls(values, 1, is_decimal=False, has_missing=None in values)
        numbers: list[Any] = list(column.numbers)
        if column.missing:
            for gap in column.gaps(0, count):
                numbers[gap] = None
        return cls(numbers, column.scale, is_decimal=True, has_missing=bool(column.missing))

    def packed(self, values: Sequence[Any]) -> Column:
        """A column of such values."""
        return Column.of_multiples(values, self.scale) if self.is_decimal else Column.of(values)


class DayValues:
    """The hours of some days, each from a first moment to before a last one. Every method returns
    a column with a value for each of the days.

    Values are counted, not rows: the high of a day of which half is known would be that of the
    half. The sum of the last hour may be missing, since forecasts end with the moment at which it
    begins: such fields, of the hour that begins at `valid_at`, are `of_following_hour`."""

    def __init__(self, hours: Hours, days: Sequence[Bounds]) -> None:
        self._hours, self._seconds = hours, hours.seconds()
        self._days = [self._day(start.timestamp(), end.timestamp()) for start, end in days]
        self._whole: dict[tuple[float, float], list[slice | None]] = {}

    def _day(self, start: float, end: float) -> _Day:
        first = bisect_left(self._seconds, start)
        rows = slice(first, bisect_left(self._seconds, end, first))
        return _Day(rows, start, end, *_gap_and_rest(self._seconds[rows], start, end))

    def summary(self, name: str, summary: Summary, *, of_following_hour: bool = False) -> Column:
        """Of a field's values, if they cover the day with gaps of three hours at most; else
        None. It is not rounded."""
        field, rest = self._of(name), 2 * _HOUR if of_following_hour else _HOUR
        covering = self._covering(field, _WIDEST_GAP, rest)
        return field.packed([summary(known) if known else None for known in covering])

    def mean(self, name: str) -> Column:
        """The mean of a field, with as many decimals as are stored."""
        return self._mean(name, STORED_DIGITS)

    def whole_mean(self, name: str) -> Column:
        """The mean of a field whose fractions no view shows, as a whole number."""
        return self._mean(name, 0)

    def _mean(self, name: str, digits: int) -> Column:
        field = self._of(name)
        covering = self._covering(field, _WIDEST_GAP, _HOUR)
        add = sum if field.is_decimal else fsum
        means = [add(known) / (len(known) * field.scale) if known else None for known in covering]
        return Column.of_rounded(means, digits)

    def total(self, name: str) -> Column:
        """The sum of a field of the following hour that has a value for every hour of the day;
        else None."""
        field = self._of(name)
        covering = self._covering(field, _HOUR, 2 * _HOUR)
        totals = [sum(known) / field.scale if known else None for known in covering]
        return Column.of_rounded(totals, STORED_DIGITS)

    def of_known(self, name: str, summary: Summary) -> Column:
        """Of the values that there are; None if there is none."""
        field, summaries = self._of(name), []
        for day in self._days:
            known = field.values[day.rows]
            if field.has_missing and None in known:
                known = [value for value in known if value is not None]
            summaries.append(summary(known) if known else None)
        return field.packed(summaries)

    def wind_direction(self) -> Column:
        """The direction of the mean wind vector, in degrees; None if winds do not cover the day
        or cancel out."""
        # The unit of the speeds does not change the direction of their sum.
        speeds, directions = map(self._of, ("wind_speed", "wind_direction"))
        if directions.scale != 1:
            directions = directions._replace(values=self._hours.column("wind_direction"))
        winds = formulas.wind_vectors(speeds.values, directions.values)
        has_missing = speeds.has_missing or directions.has_missing
        field = _Field(winds, 1, is_decimal=False, has_missing=has_missing)
        covering = self._covering(field, _WIDEST_GAP, _HOUR)
        return Column.of(list(map(formulas.mean_direction, covering)))

    def _of(self, name: str) -> _Field:
        return _Field.of(self._hours.part(name), len(self._hours))

    def _covering(self, field: _Field, widest_gap: float, rest: float) -> list[list[Any]]:
        """Of each day the known ones of the hours' values; none if they leave out more than the
        gap, or at its end more than the `rest`."""
        values = field.values
        if not field.has_missing:
            return [values[rows] if rows else [] for rows in self._covered(widest_gap, rest)]
        return [self._known(values[day.rows], day, widest_gap, rest) for day in self._days]

    def _covered(self, widest_gap: float, rest: float) -> list[slice | None]:
        """The rows of each day; None if not even all of its hours cover it."""
        covered = self._whole.get((widest_gap, rest))
        if covered is None:
            covered = self._whole[widest_gap, rest] = [
                day.rows if day.gap <= widest_gap and day.left <= rest else None
                for day in self._days
            ]
        return covered

    def _known(self, known: list[Any], day: _Day, widest_gap: float, rest: float) -> list[Any]:
        gap, left = day.gap, day.left
        if None in known:
            has_value = [value is not None for value in known]
            times = list(compress(self._seconds[day.rows], has_value))
            gap, left = _gap_and_rest(times, day.start, day.end)
            known = list(compress(known, has_value))
        return known if gap <= widest_gap and left <= rest else []


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
