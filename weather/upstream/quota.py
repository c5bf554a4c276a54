"""The calls that a provider grants, counted as the provider counts them: in its own weights, in
windows of the clock's minute, hour and day, over all processes.

Windows are those of the clock, not of a bucket that refills, because the provider, too, serves
again at the full hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from math import ceil

from weather.core.errors import CallSkipped
from weather.stores.base import Store
from weather.stores.fault_tolerant import fault_tolerant
from weather.upstream.limit import DAY, HOUR, MINUTE, Limit

# Open-Meteo names the window that is spent: "… Please try again in one minute."
_WINDOWS = (("minute", MINUTE), ("hour", HOUR), ("tomorrow", DAY), ("daily", DAY))
_CONCURRENT_PAUSE = 2  # seconds after "Too many concurrent requests"
_DEFAULT_PAUSE = 60  # seconds after a 429 without a reason
_LONGEST_PAUSE = 3600  # seconds; some providers ask for a day


class Quota:
    """The quota of one account, which several providers may share. `key` is its name in the
    store, by default that of the account."""

    def __init__(
        self,
        account: str,
        limits: Iterable[Limit],
        store: Store,
        now: Callable[[], datetime],
        *,
        key: str = "",
    ) -> None:
        self._account = account
        self._key = key or account
        self._limits = tuple(limits)
        self._store = fault_tolerant(store)
        self._now = now

    def charge(self, weight: float) -> None:
        """Count a call. Raises `CallSkipped`, with the seconds to wait, if the quota is spent."""
        now = self._now().timestamp()
        if (closed := self._closed(now)) > 0:
            raise self._spent(closed)
        counted: list[Limit] = []
        for limit in self._limits:
            counted.append(limit)
            if self._count(limit, weight, now) > limit.calls:
                for counted_limit in counted:
                    self._count(counted_limit, -weight, now)
                raise self._spent(limit.seconds - now % limit.seconds)

    def refund(self, weight: float) -> None:
        """Count a failed call as one instead of `weight`, as the provider does."""
        now = self._now().timestamp()
        for limit in self._limits:
            self._count(limit, min(1 - weight, 0), now)

    def throttle(self, retry_after: str, reason: str) -> int:
        """Stop all calls after a 429, for as long as it says. Returns the seconds."""
        now = self._now().timestamp()
        seconds = max(ceil(_pause(retry_after, reason, now)), 1)
        self._store.set(f"closed {self._key}", repr(now + seconds).encode(), seconds)
        return seconds

    def _closed(self, now: float) -> float:
        """The seconds until calls are allowed again."""
        try:
            remaining = float(self._store.get(f"closed {self._key}") or 0) - now
        except ValueError:  # a file that was written in part
            return 0.0
        # More than the longest pause remains only after the clock was set back.
        return remaining if remaining <= DAY else 0.0

    def _count(self, limit: Limit, weight: float, now: float) -> float:
        window = f"spent {self._key} {limit.seconds} {now // limit.seconds:.0f}"
        return self._store.count(window, weight, limit.seconds)

    def _spent(self, seconds: float) -> CallSkipped:
        return CallSkipped(f"{self._account} grants no more calls at the moment.", ceil(seconds))


def _pause(retry_after: str, reason: str, now: float) -> float:
    """Seconds, by the header or the reason of a 429."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(int(retry_after), _LONGEST_PAUSE)
    words = reason.lower()
    if "concurrent" in words:
        return _CONCURRENT_PAUSE
    window = next((seconds for word, seconds in _WINDOWS if word in words), None)
    return window - now % window if window else _DEFAULT_PAUSE
