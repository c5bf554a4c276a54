"""The spells of precipitation in a forecast, and the kinds of precipitation that they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

from weather.core import weather_codes
from weather.core.dataclass import dataclass
from weather.core.models import Conditions
from weather.views import precipitation_kinds as kinds
from weather.views.units import UnitSystem

HOUR = timedelta(hours=1)

# mm in an hour, from which on a table shows 0.1 mm: less does not count as precipitation.
_MIN_PRECIPITATION = 0.05
MAX_PAUSE = 2 * HOUR  # without precipitation within one spell
_LIKELY = 40  # %, of precipitation probability


class _Span:
    """From the first of some hours to the end of the last one."""

    __slots__ = ()

    hours: Sequence[Conditions]
    begins: Mapping[datetime, datetime] | None
    ends_at: datetime | None

    @property
    def start(self) -> datetime:
        """The first hour's begin, or a later moment in it up to which it is known to be dry."""
        first = self.hours[0].valid_at
        return self.begins.get(first, first) if self.begins else first

    @property
    def end(self) -> datetime:
        """When the last hour ends, or an earlier moment from which on it is known to be dry."""
        end = self.hours[-1].valid_at + HOUR
        return min(end, self.ends_at) if self.ends_at else end

    @property
    def is_likely(self) -> bool:
        """Whether the highest probability is at least 40 %; unknown counts as likely."""
        probabilities = (hour.precipitation_probability for hour in self.hours)
        return max((p for p in probabilities if p is not None), default=100) >= _LIKELY


@dataclass(frozen=True, slots=True)
class Episode(_Span):
    """Hours of a spell, from the first to the last one of a kind that the spell has no name of."""

    weather_code: int  # that names the kind
    hours: Sequence[Conditions]  # of this kind
    begins: Mapping[datetime, datetime] | None = None
    ends_at: datetime | None = None

    @property
    def is_unbroken(self) -> bool:
        """Whether each hour follows the one before."""
        return self.hours[-1].valid_at - self.hours[0].valid_at == (len(self.hours) - 1) * HOUR


@dataclass(frozen=True)
class PrecipitationSpell(_Span):
    """Consecutive hours with precipitation, apart from short pauses; the first and the last are
    wet. `begins` has when hours begin to be wet, if that is known to be later than they begin;
    `ends_at` is when the last one ends to be, if that is known."""

    hours: Sequence[Conditions]
    begins: Mapping[datetime, datetime] | None = None
    ends_at: datetime | None = None

    @cached_property
    def weather_code(self) -> int:
        """The WMO 4677 code that names the spell, after the kind of most of its hours, where
        that is also most of what falls; else after its family, as rain for drizzle and showers.
        A thunderstorm in rain is an episode, and names a spell that has nothing else."""
        if self._family is None:
            return kinds.SNOW if self._sum("snowfall") else kinds.RAIN
        hours, amounts = Counter[int](), Counter[int]()
        for hour in self._wet:
            kind = kinds.kind(hour.weather_code)
            if kind and kinds.family(kind) == self._family:
                hours[kind] += 1
                amounts[kind] += round((hour.precipitation or 0) * 100)
        most = max(hours, key=hours.__getitem__)
        is_main = 2 * hours[most] > hours.total() and amounts[most] >= max(amounts.values())
        return most if is_main else self._family

    @property
    def episodes(self) -> list[Episode]:
        """What falls beside the kind that names the spell, by its begin."""
        rows: dict[int, list[Conditions]] = {}
        for hour in self._wet:
            family = kinds.family(hour.weather_code)
            if family and family != self._family:
                rows.setdefault(family, []).append(hour)
        return [Episode(family, hours, self.begins, self.ends_at) for family, hours in rows.items()]

    @property
    def precipitation(self) -> float:
        """The sum in mm."""
        return self._sum("precipitation")

    def amount(self, units: UnitSystem) -> str:
        """The sum as text: fresh snow in a spell of snow, if that is more than 0 in the displayed
        unit; else precipitation."""
        is_snow = weather_codes.is_snow(self.weather_code)
        snow = self._sum("snowfall") if is_snow else 0.0
        if units.snowfall.convert(snow) > 0:
            return units.snowfall.text(snow)
        return units.precipitation.text(self.precipitation)

    @cached_property
    def _wet(self) -> list[Conditions]:
        """The hours with precipitation; all where it is less than a table shows, as of an hour in
        which only some quarters have any."""
        wet = [hour for hour in self.hours if is_wet_hour(hour.precipitation)]
        return wet or list(self.hours)

    @cached_property
    def _family(self) -> int | None:
        """That of most hours, of two the first; of a thunderstorm only if there is nothing else, as
        it is rain, snow or both with lightning."""
        count = Counter(filter(None, (kinds.family(hour.weather_code) for hour in self._wet)))
        if len(count) > 1:
            del count[kinds.THUNDERSTORM]
        return max(count, key=count.__getitem__, default=None)

    def _sum(self, field: str) -> float:
        return sum(getattr(hour, field) or 0.0 for hour in self.hours)


def spells(
    hours: Sequence[Conditions],
    least: float = _MIN_PRECIPITATION,
    begins: Mapping[datetime, datetime] | None = None,
) -> Iterator[PrecipitationSpell]:
    """All spells of precipitation, of hours with `least` mm, in ascending `hours`; `begins` as in
    a spell. Where one kind turns into another, a spell ends and another one begins."""
    wet = [n for n, hour in enumerate(hours) if (hour.precipitation or 0) >= least]
    while wet:
        times = [hours[n].valid_at for n in wet]
        pauses = [other - one - HOUR for one, other in pairwise(times)]
        long = (n for n, pause in enumerate(pauses) if pause > MAX_PAUSE)
        count = 1 + next(long, len(pauses))
        begin = 0
        for length in kinds.run_lengths([kinds.family(hours[n].weather_code) for n in wet[:count]]):
            part = wet[begin : begin + length]
            yield PrecipitationSpell(hours[part[0] : part[-1] + 1], begins)
            begin += length
        wet = wet[count:]


def is_wet_hour(precipitation: float | None) -> bool:
    """Whether a table shows more than 0.0 mm; not if it is unknown."""
    return (precipitation or 0) >= _MIN_PRECIPITATION


def is_wet(precipitation: float, units: UnitSystem) -> bool:
    """Whether a sum in mm is more than 0 in the displayed unit."""
    return units.precipitation.convert(precipitation) > 0
