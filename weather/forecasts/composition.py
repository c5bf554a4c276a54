"""The report of a place from a forecast, the air quality and the climate."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from zoneinfo import ZoneInfo

from weather.cache.entry import Entry
from weather.cache.lru import LRU
from weather.core import daily
from weather.core.astronomy import day_bounds
from weather.core.errors import UpstreamError
from weather.core.models import AirQuality, Day, Forecast, LocatedPlace, Provenance, Report
from weather.forecasts.climate import Climatology, climate
from weather.forecasts.time_zones import TimeZones

_REPORTS = 256  # each is used for a minute
_FORECASTS = 256  # whose days are cached

Days = tuple[Day, ...]


class Composition:
    """Composes reports as of the full minute: requests within it get the same one."""

    def __init__(
        self,
        climatology: Climatology | None,
        time_zones: TimeZones,
        now: Callable[[], datetime],
        *,
        sample: bool,
    ) -> None:
        self._climatology = climatology
        self._time_zones = time_zones
        self._now = now
        self._sample = sample
        self._reports: LRU[Hashable, Report] = LRU(_REPORTS)
        self._days: LRU[Hashable, Days] = LRU(_FORECASTS)

    def report(
        self, located: LocatedPlace, entry: Entry[Forecast], air: AirQuality | None
    ) -> Report:
        """Raises `UpstreamError` if the forecast does not cover the present hour."""
        now = self._now().replace(second=0, microsecond=0)
        key = (located, now, entry.fetched_at, entry.status, entry.value.provider, air)
        report = self._reports.get(key)
        if report is None:
            report = self._compose(located, entry, air, now)
            self._reports.put(key, report)
        return report

    def _compose(
        self, located: LocatedPlace, entry: Entry[Forecast], air: AirQuality | None, now: datetime
    ) -> Report:
        forecast = entry.value
        current = daily.current_at(forecast, now, located.place.coordinates.rounded())
        if current is None:
            raise UpstreamError("The forecast does not cover the present hour.")
        timezone = self._time_zones.find(located.place, forecast.timezone)
        today = now.astimezone(ZoneInfo(timezone)).date()
        midnight, _ = day_bounds(today, timezone)
        days = tuple(day for day in self._days_of(located, entry, timezone) if day.date >= today)
        this_hour = now - daily.HOUR
        hours = forecast.hours
        return Report(
            at=now,
            located=located,
            timezone=timezone,
            current=current,
            hours=tuple(hour for hour in hours if hour.valid_at > this_hour),
            earlier=tuple(hour for hour in hours if midnight <= hour.valid_at <= this_hour),
            days=days,
            climate=climate(self._climatology, located.place, days[0])
            if self._climatology and days
            else None,
            air_quality=air,
            provenance=self._provenance(entry),
        )

    def _days_of(self, located: LocatedPlace, entry: Entry[Forecast], timezone: str) -> Days:
        """The forecast's days; they are summed up once for a time zone, and not every minute."""
        cell = located.place.coordinates.rounded()
        key = (entry.value.provider, cell, entry.fetched_at, timezone)
        days = self._days.get(key)
        if days is None:
            days = daily.days(entry.value.hours, cell, timezone)
            self._days.put(key, days)
        return days

    def _provenance(self, entry: Entry[Forecast]) -> Provenance:
        forecast = entry.value
        return Provenance(
            provider=forecast.provider,
            credits=forecast.credits,
            fetched_at=entry.fetched_at,
            expires_at=entry.expires_at,
            model=forecast.model,
            issued_at=forecast.issued_at,
            stale=entry.stale,
            cache_status=entry.status.value,
            sample=self._sample,
        )
