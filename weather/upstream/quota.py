"""The calls that a provider grants, counted as the provider counts them: in its own weights, in
windows of the clock's minute, hour and day, over all processes.

Windows are those of the clock, not of a bucket that refills, because the provider, too, serves
again at the full hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from math import ceil

from weather.core.dataclass import dataclass
from weather.core.errors import CallDeclined, CallSkipped
from weather.core.payer import Payer, Purpose
from weather.stores.base import Store
from weather.stores.fault_tolerant import fault_tolerant
from weather.upstream.allowance import Allowances
from weather.upstream.call_counter import Admits, CallCounter
from weather.upstream.limit import DAY, HOUR, MINUTE, Limit

# Up to which share of the quota calls of each purpose are made: the rest is for refreshing what
# people look at, and the last of it for the place where a visitor is.
_SHARES = {Purpose.PLACE: 0.7, Purpose.REFRESH: 0.9, Purpose.OWN_PLACE: 1.0}
# Open-Meteo names the window that is spent: "… Please try again in one minute."
_WINDOWS = (("minute", MINUTE), ("hour", HOUR), ("tomorrow", DAY), ("daily", DAY))
_CONCURRENT_PAUSE = 2  # seconds after "Too many concurrent requests"
_DEFAULT_PAUSE = 60  # seconds after a 429 without a reason
_LONGEST_PAUSE = 3600  # seconds; some providers ask for a day


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left of a limit in its present window, in the provider's weights."""

    account: str
    limit: Limit
    remaining: float


class Quota:
    """The quota of one account, which several providers may share. `key` is its name in the
    store, by default that of the account; `visitor_share` is what one address may cause of it,
    from 0 to 1."""

    def __init__(
        self,
        account: str,
        limits: Iterable[Limit],
        store: Store,
        now: Callable[[], datetime],
        *,
        key: str = "",
        allowance_limits: Sequence[Limit] | None = None,
        visitor_share: float = 1.0,
    ) -> None:
        """Allowances are shares of the `allowance_limits`, by default those of the quota."""
        self._account = account
        self._key = key or account
        limits = tuple(limits)
        self._store = fault_tolerant(store)
        self._now = now
        self._counter = CallCounter(f"spent {self._key}", limits, self._store)
        shared = limits if allowance_limits is None else allowance_limits
        self._allowances = Allowances(self._key, shared, self._store, visitor_share)

    def check(self, payer: Payer | None) -> None:
        """Raises `AllowanceSpent` for a client that has just been refused, without a call of the
        store."""
        if payer and payer.purpose is not Purpose.OWN_PLACE:
            self._allowances.check(payer, self._now().timestamp())

    def charge(self, weight: float, payer: Payer | None = None) -> None:
        """Count a call. Raises `CallSkipped`, with the seconds to wait, if the quota is spent;
        its kinds `CallDeclined` if the rest is for other purposes than the payer's, and
        `AllowanceSpent` if the payer has caused its share."""
        now = self._now().timestamp()
        if (closed := self._closed(now)) > 0:
            raise self._spent(closed)
        limited = payer if payer and payer.purpose is not Purpose.OWN_PLACE else None
        if limited:
            self._allowances.charge(limited, weight, now)
        share = _SHARES[payer.purpose] if payer else 1.0
        limit = self._counter.add(weight, now, _admits(share, weight))
        if limit is None:
            return
        if limited:
            self._allowances.correct(limited, -weight, now)
            limited.declined = True
        raise self._spent(limit.seconds - now % limit.seconds, limited)

    def refund(self, weight: float, payer: Payer | None = None) -> None:
        """Count a failed call as one instead of `weight`, as the provider does."""
        now = self._now().timestamp()
        amount = min(1 - weight, 0)
        self._counter.correct(amount, now)
        if payer and payer.purpose is not Purpose.OWN_PLACE:
            self._allowances.correct(payer, amount, now)

    def throttle(self, retry_after: str, reason: str) -> int:
        """Stop all calls after a 429, for as long as it says. Returns the seconds."""
        now = self._now().timestamp()
        seconds = max(ceil(_pause(retry_after, reason, now)), 1)
        self._store.set(f"closed {self._key}", repr(now + seconds).encode(), seconds)
        return seconds

    def budgets(self) -> Iterator[Budget]:
        """Of each limit; nothing is left while the provider has stopped all calls."""
        now = self._now().timestamp()
        closed = self._closed(now) > 0
        for limit, count in self._counter.counts(now):
            yield Budget(self._account, limit, 0.0 if closed else max(limit.calls - count, 0.0))

    def _closed(self, now: float) -> float:
        """The seconds until calls are allowed again."""
        try:
            remaining = float(self._store.get(f"closed {self._key}") or 0) - now
        except ValueError:  # a file that was written in part
            return 0.0
        # More than the longest pause remains only after the clock was set back.
        return remaining if remaining <= DAY else 0.0

    def _spent(self, seconds: float, limited: Payer | None = None) -> CallSkipped:
        kind = CallDeclined if limited else CallSkipped
        return kind(f"{self._account} grants no more calls at the moment.", ceil(seconds))


def _admits(share: float, weight: float) -> Admits:
    def admits(limit: Limit, count: float) -> bool:
        return count <= limit.calls and count - weight < limit.calls * share

    return admits


def _pause(retry_after: str, reason: str, now: float) -> float:
    """Seconds, by the header or the reason of a 429."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(int(retry_after), _LONGEST_PAUSE)
    words = reason.lower()
    if "concurrent" in words:
        return _CONCURRENT_PAUSE
    window = next((seconds for word, seconds in _WINDOWS if word in words), None)
    return window - now % window if window else _DEFAULT_PAUSE
