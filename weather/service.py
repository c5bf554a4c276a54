"""The use case: from where somebody asks about to a report of its weather.

What the service needs of the outside it states here; `create_app` chooses who fulfils it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from weather import days
from weather.astronomy import astronomy, day_bounds
from weather.cache import Cache, Entry
from weather.deadline import Deadline
from weather.domain import (
    AirQuality,
    Climate,
    Coordinates,
    Credit,
    Day,
    Forecast,
    Located,
    Normal,
    Place,
    Provenance,
    Report,
    Usual,
)
from weather.errors import UpstreamError, UpstreamUnavailable, WeatherError

log = logging.getLogger(__name__)

T = TypeVar("T")

_FORECAST_LIFETIME = timedelta(minutes=15)
_AIR_LIFETIME = timedelta(hours=1)
_RETRY_AFTER = 60  # seconds, where the failure does not tell
_REPORTS = 256  # kept ready, for a minute each


class ForecastProvider(Protocol):
    @property
    def name(self) -> str: ...

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast: ...


class AirQualityProvider(Protocol):
    def air_quality(self, where: Coordinates, deadline: Deadline) -> AirQuality: ...


class Climatology(Protocol):
    @property
    def credits(self) -> tuple[Credit, ...]: ...

    def normal(self, where: Coordinates, day: date) -> Normal: ...


@dataclass(frozen=True, slots=True)
class Health:
    """What became of the last call to a provider; None: none was made yet."""

    provider: str
    healthy: bool | None


class Weather:
    """`forecasters` are asked in their order, the next one if one fails."""

    def __init__(
        self,
        forecasters: Sequence[ForecastProvider],
        air: AirQualityProvider | None,
        climatology: Climatology | None,
        cache: Cache,
        now: Callable[[], datetime],
        *,
        sample: bool = False,
    ) -> None:
        self._forecasters = forecasters
        self._air = air
        self._climatology = climatology
        self._cache = cache
        self._now = now
        self._sample = sample
        self._healthy: dict[str, bool] = {}
        self._reports: dict[Hashable, Report] = {}

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(16, thread_name_prefix="air")

    def report(self, located: Located, deadline: Deadline) -> Report:
        """The weather of a place. Raises `UpstreamError` if nobody tells."""
        place = located.place
        cell = place.coordinates.rounded()
        air = self._air_quality_soon(cell, deadline)
        entry = self._forecast(cell, place.timezone, deadline)
        return self._composed(located, entry, _result(air, deadline))

    def usual(self, located: Located, failure: UpstreamError) -> Usual | None:
        """What is usual where no forecast can be had because of a failure."""
        if self._climatology is None:
            return None
        now = self._now().replace(second=0, microsecond=0)
        place = located.place
        timezone = days.zone_name(place.timezone, place.coordinates)
        today = now.astimezone(ZoneInfo(timezone)).date()
        normal = self._climatology.normal(place.coordinates, today)
        return Usual(
            at=now,
            located=located,
            timezone=timezone,
            date=today,
            climate=Climate(normal, self._climatology.credits),
            astronomy=astronomy(place.coordinates.rounded(), today, timezone),
            reason=failure.message,
            retry_after=getattr(failure, "retry_after", _RETRY_AFTER),
            sample=self._sample,
        )

    def _climate(self, place: Place, today: Day | None) -> Climate | None:
        if self._climatology is None or today is None:
            return None
        normal = self._climatology.normal(place.coordinates, today.date)
        mean = today.temperature_mean
        departure = None if mean is None else round(mean - normal.temperature, 1)
        return Climate(normal, self._climatology.credits, departure)

    def health(self) -> tuple[Health, ...]:
        return tuple(
            Health(provider.name, self._healthy.get(provider.name))
            for provider in self._forecasters
        )

    def _forecast(
        self, cell: Coordinates, timezone: str | None, deadline: Deadline
    ) -> Entry[Forecast]:
        failure: UpstreamError | None = None
        stale: Entry[Forecast] | None = None
        for provider in self._forecasters:
            last = provider is self._forecasters[-1]
            try:
                # All but the last leave time for the next one.
                entry = self._forecast_by(
                    provider, cell, timezone, deadline if last else deadline.part(0.6)
                )
            except UpstreamError as error:
                failure = failure or error
                continue
            if not entry.stale:
                return entry
            stale = stale or entry
        if stale:
            return stale
        raise failure or UpstreamUnavailable("No weather service is configured.")

    def _forecast_by(
        self,
        provider: ForecastProvider,
        cell: Coordinates,
        timezone: str | None,
        deadline: Deadline,
    ) -> Entry[Forecast]:
        def fetch(old: Entry[Forecast] | None) -> Entry[Forecast]:
            try:
                told = provider.forecast(cell, old.value if old else None, deadline)
            except UpstreamError:
                self._healthy[provider.name] = False
                raise
            self._healthy[provider.name] = True
            zone = days.zone_name(told.timezone or timezone, cell)
            entry = self._cache.entry(days.completed(told, cell, zone), _FORECAST_LIFETIME)
            wanted = told.expires_at
            return replace(entry, expires_at=wanted) if wanted else entry

        def covers_now(forecast: Forecast) -> bool:
            return days.current_at(forecast, self._now(), cell) is not None

        key = f"forecast {provider.name} {cell}"
        return self._cache.get(key, fetch, deadline, usable=covers_now)

    def _air_quality_soon(self, cell: Coordinates, deadline: Deadline) -> Future[AirQuality | None]:
        """Asked beside the forecast, so that the two waits are one."""
        done: Future[AirQuality | None] = Future()
        fresh = self._cache.fresh(f"air {cell}") if self._air else None
        if fresh or not self._air:
            done.set_result(fresh.value if fresh else None)
            return done
        return self._threads.submit(self._air_quality, self._air, cell, deadline)

    def _air_quality(
        self, provider: AirQualityProvider, cell: Coordinates, deadline: Deadline
    ) -> AirQuality | None:
        def fetch(old: Entry[AirQuality | None] | None) -> Entry[AirQuality | None]:
            try:
                return self._cache.entry(provider.air_quality(cell, deadline), _AIR_LIFETIME)
            except UpstreamError:
                # Nobody waits for the air again and again while its provider is down.
                return self._cache.entry(None, timedelta(minutes=5))

        return self._cache.get(f"air {cell}", fetch, deadline).value

    def _composed(self, located: Located, entry: Entry[Forecast], air: AirQuality | None) -> Report:
        """The report as of the full minute: whoever asks within it gets the same one."""
        now = self._now().replace(second=0, microsecond=0)
        key = (located, now, entry.fetched_at, entry.stale, entry.value.provider, air)
        report = self._reports.get(key)
        if report is None:
            report = self._reports[key] = self._compose(located, entry, air, now)
            while len(self._reports) > _REPORTS:
                self._reports.pop(next(iter(self._reports)), None)
        return report

    def _compose(
        self, located: Located, entry: Entry[Forecast], air: AirQuality | None, now: datetime
    ) -> Report:
        forecast = entry.value
        timezone = forecast.timezone or "Etc/GMT"
        cell = located.place.coordinates.rounded()
        current = days.current_at(forecast, now, cell)
        if current is None:
            raise UpstreamError("The forecast does not reach as far as today.")
        today = now.astimezone(ZoneInfo(timezone)).date()
        midnight, _ = day_bounds(today, timezone)
        coming = tuple(day for day in forecast.days if day.date >= today)
        this_hour = now - days.HOUR
        return Report(
            at=now,
            located=located,
            timezone=timezone,
            current=current,
            hours=tuple(hour for hour in forecast.hours if hour.valid_at > this_hour),
            earlier=tuple(
                hour for hour in forecast.hours if midnight <= hour.valid_at <= this_hour
            ),
            days=coming,
            climate=self._climate(located.place, coming[0] if coming else None),
            air_quality=air,
            provenance=Provenance(
                provider=forecast.provider,
                credits=forecast.credits,
                fetched_at=entry.fetched_at,
                expires_at=entry.expires_at,
                model=forecast.model,
                issued_at=forecast.issued_at,
                stale=entry.stale,
                sample=self._sample,
            ),
        )


def _result(soon: Future[AirQuality | None], deadline: Deadline) -> AirQuality | None:
    try:
        return soon.result(timeout=deadline.remaining())
    except (FutureTimeout, WeatherError):
        return None
