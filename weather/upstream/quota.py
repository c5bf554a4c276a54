"""The calls that a provider grants, counted as it counts them: by the clock's minute, hour and
day, in its own weights, by all processes together.

Windows that begin with the clock's, and not a bucket that refills: after an hour's budget is
spent the provider, too, serves again when the next hour strikes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from math import ceil

from weather.core.errors import CallSkipped
from weather.stores.base import Store
from weather.stores.fault_tolerant import fault_tolerant
from weather.upstream.limit import DAY, HOUR, MINUTE, Limit

# In Open-Meteo's words, which tell the window that is spent: "… Please try again in one minute."
_WORDS = (("minute", MINUTE), ("hour", HOUR), ("tomorrow", DAY), ("daily", DAY))
_CROWDED = 2  # seconds after "Too many concurrent requests"
_PAUSE = 60  # seconds after a refusal that tells nothing
_LONGEST_PAUSE = 3600  # seconds; providers have been seen to ask for a day


class Quota:
    """Of one account: what its providers have in common."""

    def __init__(
        self, account: str, limits: Iterable[Limit], store: Store, now: Callable[[], datetime]
    ) -> None:
        self._account = account
        self._limits = tuple(limits)
        self._store = fault_tolerant(store)
        self._now = now

    def charge(self, weight: float) -> None:
        """Count a call. Raises `NotAsked`, until when, if it is not to be made."""
        now = self._now().timestamp()
        if (closed := self._closed(now)) > 0:
            raise self._spent(closed)
        counted: list[Limit] = []
        for limit in self._limits:
            counted.append(limit)
            if self._count(limit, weight, now) > limit.calls:
                for each in counted:
                    self._count(each, -weight, now)
                raise self._spent(limit.seconds - now % limit.seconds)

    def refund(self, weight: float) -> None:
        """The call came to nothing: such a call counts as one, whatever was asked for."""
        now = self._now().timestamp()
        for limit in self._limits:
            self._count(limit, min(1 - weight, 0), now)

    def throttle(self, retry_after: str, reason: str) -> int:
        """The provider says (429) that its own count has run out: nobody calls until then.
        Seconds."""
        now = self._now().timestamp()
        seconds = max(ceil(_pause(retry_after, reason, now)), 1)
        self._store.set(f"closed {self._account}", repr(now + seconds).encode(), seconds)
        return seconds

    def _closed(self, now: float) -> float:
        """Seconds until calls are made again."""
        try:
            left = float(self._store.get(f"closed {self._account}") or 0) - now
        except ValueError:  # a torn file
            return 0.0
        # No pause is longer: more is left only if somebody has set the clock back.
        return left if left <= DAY else 0.0

    def _count(self, limit: Limit, weight: float, now: float) -> float:
        window = f"spent {self._account} {limit.seconds} {now // limit.seconds:.0f}"
        return self._store.count(window, weight, limit.seconds)

    def _spent(self, seconds: float) -> CallSkipped:
        return CallSkipped(f"{self._account} has no calls left for us just now.", ceil(seconds))


def _pause(retry_after: str, reason: str, now: float) -> float:
    if retry_after.isascii() and retry_after.isdigit():
        return min(int(retry_after), _LONGEST_PAUSE)
    told = reason.lower()
    if "concurrent" in told:
        return _CROWDED
    window = next((seconds for word, seconds in _WORDS if word in told), None)
    return window - now % window if window else _PAUSE
