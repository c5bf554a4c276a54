"""Warnings in force at a place, asked for beside the forecast and never waited for in vain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, WeatherError
from weather.core.models import Alert, Coordinates, Place

_LIFETIME = timedelta(minutes=5)

Asked = Future[tuple[Alert, ...]]


class AlertProvider(Protocol):
    @property
    def name(self) -> str: ...

    def covers(self, place: Place) -> bool: ...

    def alerts(self, where: Coordinates, deadline: Deadline) -> tuple[Alert, ...]: ...


class Alerts:
    """Of the `providers`, the first that covers a place is asked."""

    def __init__(
        self, providers: Sequence[AlertProvider], cache: Cache, now: Callable[[], datetime]
    ) -> None:
        self._providers = providers
        self._cache = cache
        self._now = now

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        # Made at the first request, which is after the fork: threads do not survive one.
        return ThreadPoolExecutor(8, thread_name_prefix="alerts")

    def start(self, place: Place, deadline: Deadline) -> Asked:
        """Ask, and meanwhile let the forecast be asked for."""
        provider = next((each for each in self._providers if each.covers(place)), None)
        if provider is None:
            nothing: Asked = Future()
            nothing.set_result(())
            return nothing
        cell = place.coordinates.rounded()
        return self._threads.submit(self._alerts, provider, cell, deadline)

    def collect(self, asked: Asked, deadline: Deadline) -> tuple[Alert, ...]:
        """The answer, the worst first; nothing if it does not come in half the time that is
        left: the rest is for telling the forecast."""
        try:
            alerts = asked.result(timeout=deadline.fraction(0.5).remaining())
        except (FutureTimeout, WeatherError):
            return ()
        now = self._now()
        current = [alert for alert in alerts if alert.ends_at is None or alert.ends_at > now]
        return tuple(sorted(current, key=lambda alert: -(alert.severity or 0)))

    def _alerts(
        self, provider: AlertProvider, cell: Coordinates, deadline: Deadline
    ) -> tuple[Alert, ...]:
        def fetch(
            old: Entry[tuple[Alert, ...]] | None, deadline: Deadline
        ) -> Entry[tuple[Alert, ...]]:
            try:
                return self._cache.entry(provider.alerts(cell, deadline), _LIFETIME)
            except UpstreamError:
                # A warning that was in force is not called off by an outage.
                return self._cache.entry(old.value if old else (), _LIFETIME)

        return self._cache.get(f"alerts {provider.name} {cell}", fetch, deadline).value
