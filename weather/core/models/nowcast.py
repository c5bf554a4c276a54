"""The precipitation of the next two hours, in quarters of an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile

from weather.core.dataclass import dataclass

QUARTER = timedelta(minutes=15)
RANGE = timedelta(hours=2)
_QUARTERS = RANGE // QUARTER + 1  # the present one has begun
_LEAST = 0.05  # mm in a quarter of an hour, from which on a view shows 0.1 mm
_MAX_PAUSE = 1  # dry quarters within one spell
_STEP = 5  # minutes, to which a time is rounded
_STEP_SPAN = timedelta(minutes=_STEP)


@dataclass(frozen=True, slots=True)
class Nowcast:
    """Precipitation in mm of the quarters of an hour from `starts_at` on, as a provider gives it;
    None where it is unknown."""

    starts_at: datetime
    amounts: tuple[float | None, ...]

    def coming(self, at: datetime) -> tuple[Quarter, ...]:
        """The quarters of two hours from the present one on, nine in all; none if the present one
        is unknown, and none after an unknown one."""
        first = (at - self.starts_at) // QUARTER
        if first < 0:
            return ()
        known = takewhile(lambda amount: amount is not None, self.amounts[first:])
        return tuple(
            Quarter(self.starts_at + (first + number) * QUARTER, amount or 0.0)
            for number, amount in enumerate(islice(known, _QUARTERS))
        )


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of an hour."""

    starts_at: datetime
    precipitation: float  # mm

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + QUARTER

    @property
    def is_wet(self) -> bool:
        """Whether a view shows more than 0.0 mm."""
        return self.precipitation >= _LEAST


@dataclass(frozen=True, slots=True)
class Spell:
    """Precipitation from `starts_at` to `ends_at`, or beyond what is known (None)."""

    starts_at: datetime
    ends_at: datetime | None
    known_until: datetime

    def minutes_to_start(self, at: datetime) -> int:
        """To the nearest five minutes, five at least; 0 if it has begun."""
        return 0 if self.starts_at <= at else _minutes(self.starts_at - at)

    def minutes_to_end(self, at: datetime) -> int | None:
        """To the nearest five minutes, five at least; None if the end is unknown."""
        return None if self.ends_at is None else _minutes(self.ends_at - at)


def first_spell(quarters: Sequence[Quarter]) -> Spell | None:
    """The first spell of precipitation, apart from a pause of one quarter; None in dry weather."""
    wet = [n for n, quarter in enumerate(quarters) if quarter.is_wet]
    if not wet:
        return None
    last = wet[0]
    for n in wet:
        if n - last > _MAX_PAUSE + 1:
            break
        last = n
    is_known = last < len(quarters) - 1
    return Spell(
        quarters[wet[0]].starts_at,
        quarters[last].ends_at if is_known else None,
        quarters[-1].ends_at,
    )


def next_change(quarters: Sequence[Quarter], at: datetime) -> datetime | None:
    """Until when the same is stated of the quarters at the full minute `at`, with times to the
    nearest five minutes; None if there are none."""
    if not quarters:
        return None
    end, spell = quarters[0].ends_at, first_spell(quarters)
    if spell is None:
        return end
    # All of them begin and end at quarters, so that the steps to each are the same.
    return min(end, _next_step(end - at, at), _end_of_two_hours(spell, at))


def to_step(at: datetime) -> datetime:
    """The nearest five minutes: from then to a quarter are the minutes that a view names."""
    minutes = timedelta(minutes=at.minute % _STEP)
    begin = at.replace(second=0, microsecond=0) - minutes
    return begin + (minutes + timedelta(minutes=_STEP // 2)) // _STEP_SPAN * _STEP_SPAN


def _minutes(span: timedelta) -> int:
    minutes = span // timedelta(minutes=1)
    return max((minutes + _STEP // 2) // _STEP * _STEP, _STEP)


def _end_of_two_hours(spell: Spell, at: datetime) -> datetime:
    """The minute at which no more is known of the next two hours, if it is known now."""
    last = spell.known_until - RANGE
    return (last if last >= at else at + RANGE) + timedelta(minutes=1)


def _next_step(span: timedelta, at: datetime) -> datetime:
    """The minute at which `_minutes` of the time that is left becomes less."""
    minutes = span // timedelta(minutes=1)
    return at + timedelta(minutes=(minutes + _STEP // 2) % _STEP + 1)
