"""From a located place to a report of its weather."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import ClimateFallback, LocatedPlace, Place, Report
from weather.core.threads import ThreadPool
from weather.forecasts.air_quality import AirQualityProvider, AirQualityService
from weather.forecasts.climate import ClimateFallbacks, Climatology
from weather.forecasts.composition import Composition
from weather.forecasts.failover import Failover, ForecastProvider
from weather.forecasts.health import Health, ProviderHealth
from weather.forecasts.time_zones import TimeZones, ZoneAt


class ForecastService:
    """`providers` are called in their order, the next one if one fails. `zone_at` is the time
    zone of a point, `nearest_zone` that of the city nearest to it; `threads` fetch."""

    def __init__(
        self,
        providers: Sequence[ForecastProvider],
        air_quality_provider: AirQualityProvider | None,
        climatology: Climatology | None,
        cache: Cache,
        now: Callable[[], datetime],
        *,
        threads: ThreadPool,
        zone_at: ZoneAt | None = None,
        nearest_zone: ZoneAt | None = None,
        sample: bool = False,
    ) -> None:
        time_zones = TimeZones(zone_at, nearest_zone)
        self._cache = cache
        self._providers = [provider.name for provider in providers]
        self._health = ProviderHealth(cache, now)
        self._failover = Failover(
            providers,
            cache,
            now,
            health=self._health,
            time_zones=time_zones,
            threads=threads,
        )
        self._air_quality = AirQualityService(air_quality_provider, cache, threads, now)
        self._composition = Composition(climatology, time_zones, now, sample=sample)
        self._fallbacks = (
            ClimateFallbacks(climatology, time_zones, now, sample=sample) if climatology else None
        )

    def prefetch(
        self, place: Place, more: Callable[[Place], Iterable[str]] = lambda _: (), air: bool = True
    ) -> None:
        """Load what the report of a place needs of the cache, and `more` keys of the place, in one
        round trip to a remote store."""
        cell = place.coordinates.rounded()
        of_air = [self._air_quality.key(cell)] if air else []
        self._cache.prefetch(lambda: [*self._failover.keys(cell), *of_air, *more(place)])

    def report(self, located: LocatedPlace, deadline: Deadline, air: bool = True) -> Report:
        """The weather of a place, with the air quality if `air`. Raises `UpstreamError` if no
        provider has a forecast."""
        cell = located.place.coordinates.rounded()
        pending_air = self._air_quality.start(cell, deadline) if air else None
        forecast = self._failover.forecast(cell, deadline)
        others = self._failover.others(cell, forecast.value.forecast.provider)
        collected = self._air_quality.collect(pending_air, deadline) if pending_air else None
        return self._composition.report(located, forecast, collected, others)

    def climate_fallback(
        self, located: LocatedPlace, failure: UpstreamError
    ) -> ClimateFallback | None:
        """The climate normals where a failure leaves no forecast; None without a climatology."""
        return self._fallbacks.fallback(located, failure) if self._fallbacks else None

    def health(self) -> tuple[Health, ...]:
        """Whether each provider's last call succeeded, in any worker."""
        return tuple(map(self._health.get, self._providers))
