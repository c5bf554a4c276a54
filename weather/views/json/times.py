"""Times in JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = 86_400  # seconds
_EPOCH = date(1970, 1, 1).toordinal()
# The offset from UTC that is the same at both ends of such a span is the same within it: no zone
# has changed it twice in four weeks since 2015.
_STEADY = 20 * _DAY
_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))


def local_time(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """ISO 8601 with the zone's offset, in seconds; None for None."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def local_times(seconds: Sequence[int], zone: ZoneInfo) -> list[str]:
    """The texts of `local_time` of moments in seconds since 1970, in a third of its time where the
    zone has one offset for all of them."""
    if not seconds:
        return []
    low, high = min(seconds), max(seconds)
    first, last = datetime.fromtimestamp(low, zone), datetime.fromtimestamp(high, zone)
    offset = first.utcoffset()
    if offset is None or offset != last.utcoffset() or high - low > _STEADY:
        return [datetime.fromtimestamp(number, zone).isoformat() for number in seconds]
    shift, suffix, texts = int(offset.total_seconds()), first.isoformat()[19:], []
    for number in seconds:
        day, second = divmod(number + shift, _DAY)
        minute, second = divmod(second, 60)
        hour, minute = divmod(minute, 60)
        time = f"{_TWO_DIGITS[hour]}:{_TWO_DIGITS[minute]}:{_TWO_DIGITS[second]}"
        texts.append(f"{_date(day)}T{time}{suffix}")
    return texts


@lru_cache(maxsize=64)
def _date(day: int) -> str:
    """Of a day since 1970."""
    return date.fromordinal(_EPOCH + day).isoformat()
