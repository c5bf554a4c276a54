"""Warnings in force at a place, fetched beside the forecast and left out where they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import datetime, timedelta
from typing import Protocol

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.policy import Policy
from weather.core import expiry
from weather.core.dataclass import dataclass
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, WeatherError
from weather.core.models import Alert, Coordinates, Place
from weather.core.threads import ThreadPool, completed, failed

_LIFETIME = timedelta(minutes=5)
_RETRY_AFTER = timedelta(minutes=5)
_WITHOUT_END = timedelta(days=1)  # for which a warning of unknown end is believed in an outage
_THREADS = 8

CachedAlerts = Entry[tuple[Alert, ...]]


@dataclass(frozen=True, slots=True)
class PendingAlerts:
    """Warnings that are being fetched, and the last ones, which stand in for them."""

    fetched: Future[CachedAlerts]
    last: CachedAlerts | None = None


@dataclass(frozen=True, slots=True)
class CollectedAlerts:
    """The warnings in force, the most severe first; not `complete` where their provider failed
    or was too slow, so that there may be others."""

    alerts: tuple[Alert, ...]
    complete: bool


class AlertProvider(Protocol):
    @property
    def name(self) -> str: ...

    def covers(self, place: Place) -> bool: ...

    def alerts(self, where: Coordinates, deadline: Deadline) -> tuple[Alert, ...]: ...


class Alerts:
    """The first of the `providers` that covers a place is called. A warning survives an outage
    of its provider for as long as it is in force."""

    def __init__(
        self,
        providers: Sequence[AlertProvider],
        cache: Cache,
        now: Callable[[], datetime],
        *,
        threads: ThreadPool | None = None,
    ) -> None:
        self._providers = providers
        self._cache = cache
        self._now = now
        self._threads = threads or ThreadPool(_THREADS, "alerts")
        # Not served while it is refreshed: a new warning must not wait for the next request.
        self._policy: Policy[tuple[Alert, ...]] = Policy(
            usable=lambda alerts: bool(self._in_force(alerts)),
            while_revalidating=timedelta(),
            retry_after=_RETRY_AFTER,
        )

    def keys(self, place: Place) -> list[str]:
        """The cache keys of a place, one or none."""
        provider = self._provider(place)
        return [_key(provider, place.coordinates.rounded())] if provider else []

    def _provider(self, place: Place) -> AlertProvider | None:
        return next((provider for provider in self._providers if provider.covers(place)), None)

    def start(self, place: Place, deadline: Deadline) -> PendingAlerts:
        """Fetch the warnings, so that a request waits for them and the forecast at once."""
        provider = self._provider(place)
        if provider is None:
            return PendingAlerts(completed(self._cache.new_entry((), _LIFETIME)))
        cell = place.coordinates.rounded()
        key = _key(provider, cell)

        def fetch(expired: CachedAlerts | None, deadline: Deadline) -> CachedAlerts:
            return self._cache.new_entry(provider.alerts(cell, deadline), _LIFETIME)

        try:
            entry = self._cache.get_without_wait(key, fetch, deadline, self._policy)
        except UpstreamError as error:
            return PendingAlerts(failed(error))
        if entry:
            return PendingAlerts(completed(entry))
        last = self._cache.last(key)
        submitted = self._threads.submit(self._cache.get, key, fetch, deadline, self._policy)
        return PendingAlerts(submitted, last)

    def collect(self, pending: PendingAlerts, deadline: Deadline) -> CollectedAlerts:
        """Waits for at most half of the time that is left, of which the rest is for rendering.
        A provider that fails or takes longer ends no warning: the last ones are returned."""
        try:
            entry: CachedAlerts | None = pending.fetched.result(
                timeout=deadline.fraction(0.5).remaining()
            )
        except (FutureTimeout, WeatherError):
            entry = None
        complete = entry is not None and not entry.stale
        if not complete:
            expiry.record_unstable()
        alerts = self._believed(entry or pending.last)
        self._record_changes(alerts)
        return CollectedAlerts(alerts, complete)

    def _record_changes(self, alerts: Iterable[Alert]) -> None:
        """A warning reads otherwise once it is in force, and ends."""
        now = self._now()
        for alert in alerts:
            for moment in (alert.starts_at, alert.ends_at):
                if moment and moment > now:
                    expiry.record(moment)

    def _believed(self, entry: CachedAlerts | None) -> tuple[Alert, ...]:
        """The warnings of an entry that are in force."""
        if entry is None:
            return ()
        alerts = self._in_force(entry.value)
        if self._now() - entry.fetched_at >= _WITHOUT_END:
            alerts = [alert for alert in alerts if alert.ends_at]
        return tuple(sorted(alerts, key=lambda alert: -(alert.severity or 0)))

    def _in_force(self, alerts: Iterable[Alert]) -> list[Alert]:
        now = self._now()
        return [alert for alert in alerts if alert.ends_at is None or alert.ends_at > now]


def _key(provider: AlertProvider, cell: Coordinates) -> str:
    return f"alerts {provider.name} {cell}"
