"""The forecast of a cell from the first provider that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.freshness import expiry
from weather.cache.policy import Policy
from weather.core import daily, present
from weather.core.astronomy import day_bounds
from weather.core.deadline import Deadline
from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout
from weather.core.models import CellForecast, Coordinates, Days, Forecast
from weather.core.threads import ThreadPool, completed
from weather.forecasts.health import ProviderHealth
from weather.forecasts.time_zones import TimeZones

CachedForecast = Entry[CellForecast]
PendingForecast = Future[CachedForecast]

# By which the midnight of a place may precede that of its cell: zones that border on each other
# differ by three hours and a half at most (China and Afghanistan).
_NEIGHBOURING_ZONE = timedelta(hours=4)
_DAY = timedelta(days=1)


class ForecastProvider(Protocol):
    @property
    def name(self) -> str: ...

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast: ...


class Failover:
    """Calls the `providers` in their order, the next one if one fails."""

    def __init__(
        self,
        providers: Sequence[ForecastProvider],
        cache: Cache,
        now: Callable[[], datetime],
        *,
        health: ProviderHealth,
        time_zones: TimeZones,
        threads: ThreadPool,
    ) -> None:
        self._providers = providers
        self._cache = cache
        self._health = health
        self._time_zones = time_zones
        self._threads = threads
        self._now = now
        self._policy = Policy(usable=self._covers_now)

    def keys(self, cell: Coordinates) -> list[str]:
        """The cache keys of the providers' forecasts."""
        return [_key(provider, cell) for provider in self._providers]

    def others(self, cell: Coordinates, provider: str) -> list[CachedForecast]:
        """The fresh forecasts of other providers that the cache has; none is fetched."""
        others = (each for each in self._providers if each.name != provider)
        entries = (self._cache.fresh(_key(other, cell)) for other in others)
        return [entry for entry in entries if entry]

    def forecast(self, cell: Coordinates, deadline: Deadline) -> CachedForecast:
        """The first fresh forecast; of several stale ones, the first provider's.

        The next provider is called once one has failed, or has used half of the time that is
        left and may still answer. Raises the first provider's `UpstreamError` if all fail."""
        failure: UpstreamError | None = None
        stale: CachedForecast | None = None
        for pending in self._as_completed(cell, deadline):
            try:
                entry = pending.result()
            except UpstreamError as error:
                failure = failure or error
                continue
            if not entry.stale:
                return entry
            stale = stale or entry
        if stale:
            return stale
        raise failure or UpstreamTimeout("The weather service did not answer in time.")

    def _as_completed(self, cell: Coordinates, deadline: Deadline) -> Iterator[PendingForecast]:
        """The providers' forecasts in the order in which they are completed."""
        running: set[PendingForecast] = set()
        # A provider that does not answer in time leaves time to serve its stale entry.
        calling = deadline.fraction(0.9)
        for provider in self._providers:
            last = provider is self._providers[-1]
            pending = self._start(provider, cell, calling)
            if pending.done():
                yield pending  # without the cost of a wait
                continue
            running.add(pending)
            wait_deadline = deadline if last else calling.fraction(0.5)
            while running:
                done, running = _wait(running, wait_deadline.remaining())
                if not done:
                    break
                yield from done

    def _start(
        self, provider: ForecastProvider, cell: Coordinates, deadline: Deadline
    ) -> PendingForecast:
        key = _key(provider, cell)

        def fetch(expired: CachedForecast | None, deadline: Deadline) -> CachedForecast:
            previous = expired.value.forecast if expired else None
            forecast = self._call(provider, cell, previous, deadline)
            now = self._now()
            value = self._with_days(forecast, expired.value if expired else None, cell, now)
            return Entry(value, now, expiry(forecast.expires_at, now, key))

        if entry := self._cache.get_without_wait(key, fetch, deadline, self._policy):
            return completed(entry)
        return self._threads.submit(self._cache.get, key, fetch, deadline, self._policy)

    def _call(
        self,
        provider: ForecastProvider,
        cell: Coordinates,
        previous: Forecast | None,
        deadline: Deadline,
    ) -> Forecast:
        try:
            forecast = provider.forecast(cell, previous, deadline)
        except CallSkipped:  # says nothing of the provider
            raise
        except UpstreamError:
            self._health.record(provider.name, healthy=False)
            raise
        self._health.record(provider.name, healthy=True)
        return forecast

    def _with_days(
        self, forecast: Forecast, previous: CellForecast | None, cell: Coordinates, now: datetime
    ) -> CellForecast:
        """Nothing that depends on the place of a request, since the places of a cell share it."""
        timezone = self._time_zones.of_cell(cell, forecast.timezone)
        if previous:
            yesterday = now.astimezone(ZoneInfo(timezone)).date() - _DAY
            since = day_bounds(yesterday, timezone)[0] - _NEIGHBOURING_ZONE
            forecast = daily.with_earlier_hours(forecast, previous.forecast, since)
        lit = daily.with_daylight(forecast, cell)
        before = Days.of(previous.days) if previous else None
        return CellForecast(lit, timezone, daily.days(lit.hours, cell, timezone, before))

    def _covers_now(self, cached: CellForecast) -> bool:
        return present.covers(cached.forecast, self._now())


def _wait(
    running: set[PendingForecast], seconds: float
) -> tuple[set[PendingForecast], set[PendingForecast]]:
    """Those that complete first, and the others."""
    if len(running) > 1:
        done, others = wait(running, seconds, FIRST_COMPLETED)
        return done, others
    try:  # most often one, which needs nothing to be set up that waits for several
        next(iter(running)).exception(seconds)
    except FutureTimeout:
        return set(), running
    return running, set()


def _key(provider: ForecastProvider, cell: Coordinates) -> str:
    return f"forecast {provider.name} {cell}"
