"""The use case: from where somebody asks about to a report of its weather.

What the service needs of the outside it states here; `create_app` chooses who fulfils it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.freshness import expiry
from weather.core import daily
from weather.core.astronomy import astronomy, day_bounds
from weather.core.deadline import Deadline
from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout, WeatherError
from weather.core.models import (
    AirQuality,
    Climate,
    ClimateFallback,
    ClimateNormal,
    Coordinates,
    Credit,
    Day,
    Forecast,
    LocatedPlace,
    Place,
    Provenance,
    Report,
)

log = logging.getLogger(__name__)

T = TypeVar("T")

_AIR_LIFETIME = timedelta(hours=1)
_RETRY_AFTER = 60  # seconds, where the failure does not tell
_AIR_OF_USE = timedelta(hours=3)
_FAILURE_REMEMBERED = timedelta(minutes=1)
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

    def normal(self, where: Coordinates, day: date) -> ClimateNormal: ...


@dataclass(frozen=True, slots=True)
class Health:
    """What became of the last call to a provider; None: none was made yet, or it failed long
    ago."""

    provider: str
    healthy: bool | None


class ForecastService:
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
        self._last_call: dict[str, tuple[bool, datetime]] = {}
        self._reports: dict[Hashable, Report] = {}
        self._guard = threading.Lock()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        # Made at the first request, which is after the fork: threads do not survive one.
        return ThreadPoolExecutor(48, thread_name_prefix="weather")

    def report(self, located: LocatedPlace, deadline: Deadline) -> Report:
        """The weather of a place. Raises `UpstreamError` if nobody tells."""
        place = located.place
        cell = place.coordinates.rounded()
        air = self._air_quality_soon(cell, deadline)
        entry = self._forecast(cell, place.timezone, deadline)
        return self._composed(located, entry, _result(air, deadline))

    def usual(self, located: LocatedPlace, failure: UpstreamError) -> ClimateFallback | None:
        """What is usual where no forecast can be had because of a failure."""
        if self._climatology is None:
            return None
        now = self._now().replace(second=0, microsecond=0)
        place = located.place
        timezone = daily.zone_name(place.timezone, place.coordinates)
        today = now.astimezone(ZoneInfo(timezone)).date()
        normal = self._climatology.normal(place.coordinates, today)
        return ClimateFallback(
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
        return tuple(Health(each.name, self._is_healthy(each.name)) for each in self._forecasters)

    def _is_healthy(self, provider: str) -> bool | None:
        healthy, at = self._last_call.get(provider, (None, self._now()))
        # A balancer that sends nobody while we are not ready would never learn of a recovery.
        forgotten = not healthy and abs(self._now() - at) >= _FAILURE_REMEMBERED
        return None if forgotten else healthy

    def _forecast(
        self, cell: Coordinates, timezone: str | None, deadline: Deadline
    ) -> Entry[Forecast]:
        """The first fresh forecast; of several that are past their time, the first provider's.

        The next provider is asked once one has failed, or has used half the time that is left
        and perhaps still answers."""
        failure: UpstreamError | None = None
        stale: Entry[Forecast] | None = None
        for told in self._in_turn(cell, timezone, deadline):
            try:
                entry = told.result()
            except UpstreamError as error:
                failure = failure or error
                continue
            if not entry.stale:
                return entry
            stale = stale or entry
        if stale:
            return stale
        raise failure or UpstreamTimeout("The weather service did not answer in time.")

    def _in_turn(
        self, cell: Coordinates, timezone: str | None, deadline: Deadline
    ) -> Iterator[Future[Entry[Forecast]]]:
        """What providers say, as it comes in."""
        asked: set[Future[Entry[Forecast]]] = set()
        # Who gets no answer in time still has to come back with the old one.
        calling = deadline.fraction(0.9)
        for provider in self._forecasters:
            last = provider is self._forecasters[-1]
            soon = self._forecast_soon(provider, cell, timezone, calling)
            if soon.done():
                yield soon  # without the cost of a wait
                continue
            asked.add(soon)
            patience = deadline if last else calling.fraction(0.5)
            while asked:
                came, asked = wait(asked, patience.remaining(), FIRST_COMPLETED)
                if not came:
                    break
                yield from came

    def _forecast_soon(
        self,
        provider: ForecastProvider,
        cell: Coordinates,
        timezone: str | None,
        deadline: Deadline,
    ) -> Future[Entry[Forecast]]:
        key = f"forecast {provider.name} {cell}"

        def fetch(old: Entry[Forecast] | None, deadline: Deadline) -> Entry[Forecast]:
            told = self._ask(provider, cell, old.value if old else None, deadline)
            zone = daily.zone_name(told.timezone or timezone, cell)
            now = self._now()
            until = expiry(told.expires_at, now, key)
            return Entry(daily.with_days(told, cell, zone), now, until)

        def covers_now(forecast: Forecast) -> bool:
            return daily.current_at(forecast, self._now(), cell) is not None

        if ready := self._cache.get_without_wait(key, fetch, deadline, usable=covers_now):
            done: Future[Entry[Forecast]] = Future()
            done.set_result(ready)
            return done
        return self._threads.submit(self._cache.get, key, fetch, deadline, usable=covers_now)

    def _ask(
        self,
        provider: ForecastProvider,
        cell: Coordinates,
        previous: Forecast | None,
        deadline: Deadline,
    ) -> Forecast:
        try:
            told = provider.forecast(cell, previous, deadline)
        except CallSkipped:
            raise
        except UpstreamError:
            self._last_call[provider.name] = False, self._now()
            raise
        self._last_call[provider.name] = True, self._now()
        return told

    def _air_quality_soon(self, cell: Coordinates, deadline: Deadline) -> Future[AirQuality | None]:
        """Asked beside the forecast, so that the two waits are one."""
        done: Future[AirQuality | None] = Future()
        if not self._air:
            done.set_result(None)
            return done
        key, provider = f"air {cell}", self._air

        def fetch(old: Entry[AirQuality | None] | None, deadline: Deadline) -> Entry[Any]:
            try:
                return self._cache.entry(provider.air_quality(cell, deadline), _AIR_LIFETIME)
            except UpstreamError:
                # Nobody waits for the air again and again while its provider is down.
                return self._cache.entry(None, timedelta(minutes=5))

        ready = self._cache.get_without_wait(key, fetch, deadline, usable=self._is_of_use)
        if ready:
            done.set_result(ready.value)
            return done
        return self._threads.submit(
            lambda: self._cache.get(key, fetch, deadline, usable=self._is_of_use).value
        )

    def _is_of_use(self, air: AirQuality | None) -> bool:
        return air is not None and self._now() - air.valid_at < _AIR_OF_USE

    def _composed(
        self, located: LocatedPlace, entry: Entry[Forecast], air: AirQuality | None
    ) -> Report:
        """The report as of the full minute: whoever asks within it gets the same one."""
        now = self._now().replace(second=0, microsecond=0)
        key = (located, now, entry.fetched_at, entry.status, entry.value.provider, air)
        report = self._reports.get(key)
        if report is None:
            report = self._compose(located, entry, air, now)
            with self._guard:  # no other thread may write while the oldest is looked for
                self._reports[key] = report
                while len(self._reports) > _REPORTS:
                    del self._reports[next(iter(self._reports))]
        return report

    def _compose(
        self, located: LocatedPlace, entry: Entry[Forecast], air: AirQuality | None, now: datetime
    ) -> Report:
        forecast = entry.value
        timezone = forecast.timezone or "Etc/GMT"
        cell = located.place.coordinates.rounded()
        current = daily.current_at(forecast, now, cell)
        if current is None:
            raise UpstreamError("The forecast does not reach as far as today.")
        today = now.astimezone(ZoneInfo(timezone)).date()
        midnight, _ = day_bounds(today, timezone)
        coming = tuple(day for day in forecast.days if day.date >= today)
        this_hour = now - daily.HOUR
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
                cache_status=entry.status.value,
                sample=self._sample,
            ),
        )


def _result(soon: Future[AirQuality | None], deadline: Deadline) -> AirQuality | None:
    """The air, if it comes in half the time that is left: the rest is for telling it."""
    try:
        return soon.result(timeout=deadline.fraction(0.5).remaining())
    except (FutureTimeout, WeatherError):
        return None
