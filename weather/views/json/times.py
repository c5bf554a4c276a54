"""Times in JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = 86_400  # seconds
_EPOCH = date(1970, 1, 1).toordinal()
_LONGEST = 20  # days, whose offsets are looked at
_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))


def local_time(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """ISO 8601 with the zone's offset, in seconds; None for None."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def local_times(seconds: Sequence[int], zone: ZoneInfo) -> list[str]:
    """The texts of `local_time` of moments in seconds since 1970, in a third of its time where the
    zone has one offset for all of them."""
    if not seconds:
        return []
    steady = _steady_offset(zone, min(seconds) // _DAY, max(seconds) // _DAY + 1)
    if steady is None:
        return [datetime.fromtimestamp(number, zone).isoformat() for number in seconds]
    (shift, suffix), texts = steady, []
    for number in seconds:
        day, second = divmod(number + shift, _DAY)
        minute, second = divmod(second, 60)
        hour, minute = divmod(minute, 60)
        time = f"{_TWO_DIGITS[hour]}:{_TWO_DIGITS[minute]}:{_TWO_DIGITS[second]}"
        texts.append(f"{_date(day)}T{time}{suffix}")
    return texts


@lru_cache(maxsize=256)
def _steady_offset(zone: ZoneInfo, first: int, last: int) -> tuple[int, str] | None:
    """The offset from UTC in seconds, and its text, of all moments between two days since 1970;
    None if it changes, or the days are many. No zone changes it twice within a day."""
    if last - first > _LONGEST:
        return None
    moments = [datetime.fromtimestamp(day * _DAY, zone) for day in range(first, last + 1)]
    (offset, *others) = {moment.utcoffset() for moment in moments}
    if others or offset is None:
        return None
    return int(offset.total_seconds()), moments[0].isoformat()[19:]


@lru_cache(maxsize=64)
def _date(day: int) -> str:
    """Of a day since 1970."""
    return date.fromordinal(_EPOCH + day).isoformat()
