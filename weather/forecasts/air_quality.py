"""Air quality, fetched beside the forecast and left out where it fails."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import datetime, timedelta
from typing import Protocol

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.policy import Policy
from weather.core import expiry
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, WeatherError
from weather.core.models import AirQuality, Coordinates
from weather.core.threads import ThreadPool, completed, failed

_LIFETIME = timedelta(hours=1)
_USABLE = timedelta(hours=3)
_RETRY_AFTER = timedelta(minutes=5)

PendingAirQuality = Future[AirQuality | None]


class AirQualityProvider(Protocol):
    def air_quality(self, where: Coordinates, deadline: Deadline) -> AirQuality: ...


class AirQualityService:
    """The air quality of a cell from one provider, or from none."""

    def __init__(
        self,
        provider: AirQualityProvider | None,
        cache: Cache,
        threads: ThreadPool,
        now: Callable[[], datetime],
    ) -> None:
        self._provider = provider
        self._cache = cache
        self._threads = threads
        self._now = now
        self._policy = Policy(usable=self._is_usable, retry_after=_RETRY_AFTER)

    def key(self, cell: Coordinates) -> str:
        """The cache key of a cell."""
        return f"air {cell}"

    def start(self, cell: Coordinates, deadline: Deadline) -> PendingAirQuality:
        """Fetch it beside the forecast, so that a request waits for both at once."""
        provider, cache = self._provider, self._cache
        if provider is None:
            return completed(None)

        def fetch(expired: Entry[AirQuality] | None, deadline: Deadline) -> Entry[AirQuality]:
            return cache.new_entry(provider.air_quality(cell, deadline), _LIFETIME)

        def get() -> AirQuality | None:
            return cache.get(key, fetch, deadline, self._policy).value

        key = self.key(cell)
        try:
            entry = cache.get_without_wait(key, fetch, deadline, self._policy)
        except UpstreamError as error:
            return failed(error)
        return completed(entry.value) if entry else self._threads.submit(get)

    def collect(self, pending: PendingAirQuality, deadline: Deadline) -> AirQuality | None:
        """The air quality; None if it fails or takes more than half of the time that is left,
        of which the rest is for rendering."""
        try:
            return pending.result(timeout=deadline.fraction(0.5).remaining())
        except (FutureTimeout, WeatherError):
            expiry.record_unstable()
            return None

    def _is_usable(self, air: AirQuality) -> bool:
        return self._now() - air.valid_at < _USABLE
