"""Aggregates of a local day's hours that hold for the day as a whole, or are None."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import compress, pairwise
from math import fsum
from typing import Any

from weather.core import formulas
from weather.core.models import Hours
from weather.core.ranges import STORED_DIGITS
from weather.core.rounding import rounded

_HOUR = timedelta(hours=1)
# Between the values of a whole day: WMO's synoptic hours, main and intermediate, are three hours
# apart, and a day's mean is that of their eight values.
_WIDEST_GAP = 3 * _HOUR

Summary = Callable[[list[Any]], Any]


@dataclass(slots=True)
class DayValues:
    """The hours of a day that begins at `start` and lasts to `end`. `of_following_hour`: the
    fields that are read are those of the hour that begins at `valid_at`.

    Values are counted, not rows: the high of a day of which half is known would be that of the
    half. The sum of the last hour may be missing, since forecasts end with the moment at which it
    begins."""

    hours: Hours
    start: datetime
    end: datetime
    of_following_hour: bool = False
    _times: list[datetime] = field(init=False)
    _whole: timedelta | None = field(init=False)  # the widest gap of the hours if they cover it

    def __post_init__(self) -> None:
        self._times = self.hours.column("valid_at")
        self._whole = self._gap(self._times)

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
        values = [value for value in self.hours.column(name) if value is not None]
        return summary(values) if values else None

    def wind_direction(self) -> float | None:
        """The direction of the mean wind vector, in degrees; None if winds do not cover the day
        or cancel out."""
        speeds = self.hours.column("wind_speed")
        directions = self.hours.column("wind_direction")
        winds = list(zip(speeds, directions, strict=True))
        known = [None not in wind for wind in winds]
        if not self._are_covering(known, _WIDEST_GAP):
            return None
        return formulas.mean_direction(list(compress(winds, known)))

    def _covering(self, name: str, widest_gap: timedelta) -> list[Any]:
        """The known values of a field; none if they do not cover the day."""
        values = self.hours.column(name)
        known = [value is not None for value in values]
        return list(compress(values, known)) if self._are_covering(known, widest_gap) else []

    def _are_covering(self, known: Sequence[bool], widest_gap: timedelta) -> bool:
        gap = self._whole if all(known) else self._gap(list(compress(self._times, known)))
        return gap is not None and gap <= widest_gap

    def _gap(self, times: Sequence[datetime]) -> timedelta | None:
        """The widest gap between times; None if they leave out an end of the day."""
        if not times:
            return None
        if times[0] - self.start >= _HOUR:
            return None
        if self.end - times[-1] > (2 * _HOUR if self.of_following_hour else _HOUR):
            return None
        return max((after - before for before, after in pairwise(times)), default=timedelta())


def _mean(values: list[float]) -> float:
    """As `statistics.fmean`, whose module loads decimals and fractions."""
    return fsum(values) / len(values)
