"""What a cache holds: a value with its times, or the failure to fetch one."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from enum import Enum
from typing import Generic, TypeVar

from weather.core.dataclass import dataclass
from weather.core.errors import UpstreamError

T = TypeVar("T")

# Between the clocks of machines that share a store. A time that is further ahead was written
# before a clock was set back.
SKEW = timedelta(minutes=1)


class Status(Enum):
    """Where an entry comes from, in the words of Cache-Status (RFC 9211)."""

    HIT = "hit"  # fresh
    MISS = "fwd=miss"  # fetched for this request
    REVALIDATING = "hit; detail=stale-while-revalidate"  # expired, and being refreshed
    FAILED = "hit; detail=stale-if-error"  # expired, since its source failed
    DECLINED = "hit; detail=call-declined"  # expired, since the client may cause no more calls

    @property
    def outcome(self) -> str:
        """In a word: the value without its parameters' names."""
        return self.value.rpartition("=")[2]


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value, when it was fetched, until when it is fresh, and where it comes from."""

    value: T
    fetched_at: datetime
    expires_at: datetime
    status: Status = Status.HIT

    def is_fresh(self, now: datetime) -> bool:
        return self.fetched_at - SKEW <= now < self.expires_at

    def may_be_revalidated(self, now: datetime, duration: timedelta) -> bool:
        """Whether it is served while it is refreshed: for a `duration` after its expiry, but not
        after the clock was set back, since its age is unknown then."""
        return self.fetched_at - SKEW <= now < self.expires_at + duration

    @property
    def stale(self) -> bool:
        """Whether it is served although it has expired, because no newer one could be
        fetched."""
        return self.status in {Status.FAILED, Status.DECLINED}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a fetch failed, when by the service's clock, and when by the machine's (seconds)."""

    error: UpstreamError
    at: datetime
    written: float

    def is_since(self, moment: float) -> bool:
        """Whether it was after a moment of the machine's clock."""
        return moment <= self.written <= time.time() + SKEW.total_seconds()

    def is_within(self, duration: timedelta, now: datetime) -> bool:
        """Whether less time than this has passed; False if a clock was set back by more."""
        return abs(now - self.at) < duration
