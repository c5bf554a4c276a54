"""How long an answer is fresh, may be served while it is refreshed, and is of any use."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta

# Served at once and refreshed behind for so long (RFC 5861, stale-while-revalidate).
WHILE_REVALIDATING = timedelta(hours=1)
# Kept for outages: the longest forecast that we get covers so many days.
KEPT = timedelta(days=16)

_QUARTER = timedelta(minutes=15)
_LEAST = timedelta(minutes=1)  # whatever a provider says
_MOST = timedelta(hours=2)
_SPREAD = 60  # seconds


def expiry(told: datetime | None, now: datetime, key: str) -> datetime:
    """Until when a forecast that was fetched `now` is fresh: as its provider told, else to the
    next quarter of an hour, when providers have new values. Each key has a second of its own
    in the minute after that, so that not all places are asked for at once."""
    until = told or _quarter_after(now)
    return min(max(until, now + _LEAST), now + _MOST) + _jitter(key)


def _quarter_after(now: datetime) -> datetime:
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC)
    return midnight + ((now - midnight) // _QUARTER + 1) * _QUARTER


def _jitter(key: str) -> timedelta:
    return timedelta(seconds=zlib.crc32(key.encode()) % _SPREAD)
