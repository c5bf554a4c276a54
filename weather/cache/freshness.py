"""Freshness lifetimes: how long an entry is fresh, may be served while it is refreshed, and is
stored for an outage."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta

# Served at once and refreshed in the background for so long (RFC 5861, stale-while-revalidate).
WHILE_REVALIDATING = timedelta(hours=1)
# Stored for an outage for so long: the longest forecast covers as many days.
RETENTION = timedelta(days=16)

_QUARTER = timedelta(minutes=15)
_SHORTEST = timedelta(minutes=1)  # whatever a provider's Expires says
_LONGEST = timedelta(hours=2)
_SPREAD = 60  # seconds


def expiry(expires_at: datetime | None, now: datetime, key: str) -> datetime:
    """Until when a forecast that was fetched `now` is fresh: to its provider's `expires_at`, or
    else to the next quarter of an hour, when providers have new values. Each key is fresh for
    up to a minute longer, so that not all entries expire at once."""
    until = expires_at or _quarter_after(now)
    return min(max(until, now + _SHORTEST), now + _LONGEST) + _jitter(key)


def _quarter_after(now: datetime) -> datetime:
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC)
    return midnight + ((now - midnight) // _QUARTER + 1) * _QUARTER


def _jitter(key: str) -> timedelta:
    """A part of a minute that depends on the key alone."""
    return timedelta(seconds=zlib.crc32(key.encode()) % _SPREAD)
