"""Aggregates of a local day's hours that hold for the day as a whole, or are None."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean
from typing import Any

from weather.core import formulas
from weather.core.models import Conditions
from weather.core.rounding import rounded

_HOUR = timedelta(hours=1)
# Between the values of a whole day: WMO's synoptic hours, main and intermediate, are three hours
# apart, and a day's mean is that of their eight values.
_WIDEST_GAP = 3 * _HOUR

Summary = Callable[[list[Any]], Any]


@dataclass(frozen=True, slots=True)
class DayValues:
    """The hours of a day that begins at `start` and lasts to `end`. `of_hour_before`: the fields
    that are read are those of the hour before `valid_at`.

    Values are counted, not rows: the high of a day of which half is known would be that of the
    half. The last hour may be missing, since forecasts end with the one before midnight."""

    hours: Sequence[Conditions]
    start: datetime
    end: datetime
    of_hour_before: bool = False

    def summary(self, name: str, summary: Summary) -> Any:
        """Of a field's values, if they cover the day with gaps of three hours at most; else
        None. It is not rounded."""
        known = self._known(name)
        if not self._is_covered(known, _WIDEST_GAP):
            return None
        return summary([getattr(hour, name) for hour in known])

    def whole_mean(self, name: str) -> float | None:
        """The mean of a field whose fractions no view shows, as a whole number."""
        mean = self.summary(name, fmean)
        return None if mean is None else rounded(mean)

    def total(self, name: str) -> float | None:
        """The sum of a field that has a value for every hour of the day; else None."""
        known = self._known(name)
        if not self._is_covered(known, _HOUR):
            return None
        return rounded(sum((getattr(hour, name) for hour in known), 0.0), 2)

    def of_known(self, name: str, summary: Summary) -> Any:
        """Of the values that there are; None if there is none."""
        values = [getattr(hour, name) for hour in self._known(name)]
        return summary(values) if values else None

    def wind_direction(self) -> float | None:
        """The direction of the mean wind vector, in degrees; None if winds do not cover the day
        or cancel out."""
        known = [hour for hour in self._known("wind_direction") if hour.wind_speed is not None]
        if not self._is_covered(known, _WIDEST_GAP):
            return None
        winds = [(hour.wind_speed or 0.0, hour.wind_direction or 0.0) for hour in known]
        return formulas.mean_direction(winds)

    def _known(self, name: str) -> list[Conditions]:
        return [hour for hour in self.hours if getattr(hour, name) is not None]

    def _is_covered(self, known: Sequence[Conditions], widest_gap: timedelta) -> bool:
        if not known:
            return False
        times = [hour.valid_at for hour in known]
        late = times[0] - self.start
        if late > _HOUR or (late == _HOUR and not self.of_hour_before):
            return False
        if self.end - times[-1] > _HOUR:
            return False
        return all(after - before <= widest_gap for before, after in pairwise(times))
