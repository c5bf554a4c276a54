"""The report of a place from a forecast, the air quality and the climate."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from weather.cache.entry import Entry
from weather.cache.lru import LRU
from weather.core import daily, expiry, present
from weather.core.astronomy import day_bounds
from weather.core.errors import UpstreamError
from weather.core.models import AirQuality, CellForecast, Day, LocatedPlace, Provenance, Report
from weather.forecasts.changes import next_change
from weather.forecasts.climate import Climatology, climate
from weather.forecasts.time_zones import TimeZones

_REPORTS = 256  # each is used for a minute
_OTHER_ZONES = 64  # forecasts whose days are cached in a time zone that is not their cell's

Days = Sequence[Day]


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
        self._reports: LRU[Hashable, tuple[Report, datetime]] = LRU(_REPORTS)
        self._days: LRU[Hashable, Days] = LRU(_OTHER_ZONES)

    def report(
        self, located: LocatedPlace, entry: Entry[CellForecast], air: AirQuality | None
    ) -> Report:
        """Raises `UpstreamError` if the forecast does not cover the present hour."""
        now = self._now().replace(second=0, microsecond=0)
        key = (located, now, entry.fetched_at, entry.status, entry.value.forecast.provider, air)
        cached = self._reports.get(key)
        if cached is None:
            report = self._compose(located, entry, air, now)
            cached = report, next_change(report, entry.value.forecast)
            self._reports.put(key, cached)
        report, changes_at = cached
        expiry.record(changes_at)
        return report

    def _compose(
        self,
        located: LocatedPlace,
        entry: Entry[CellForecast],
        air: AirQuality | None,
        now: datetime,
    ) -> Report:
        forecast = entry.value.forecast
        current = present.current_at(forecast, now, located.place.coordinates.rounded())
        if current is None:
            raise UpstreamError("The forecast does not cover the present hour.")
        timezone = self._time_zones.of_place(located.place, forecast.timezone)
        today = now.astimezone(ZoneInfo(timezone)).date()
        midnight, _ = day_bounds(today, timezone)
        days = tuple(day for day in self._days_of(located, entry, timezone) if day.date >= today)
        this_hour = now - present.HOUR
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
            provenance=self._provenance(entry, located),
        )

    def _days_of(self, located: LocatedPlace, entry: Entry[CellForecast], timezone: str) -> Days:
        """Those of the cell; if the place has another time zone, aggregated once for that."""
        cached = entry.value
        if timezone == cached.timezone:
            return cached.days
        cell = located.place.coordinates.rounded()
        key = (cached.forecast.provider, cell, entry.fetched_at, timezone)
        days = self._days.get(key)
        if days is None:
            days = daily.days(cached.forecast.hours, cell, timezone)
            self._days.put(key, days)
        return days

    def _provenance(self, entry: Entry[CellForecast], located: LocatedPlace) -> Provenance:
        forecast = entry.value.forecast
        zone_credits = self._time_zones.credits(located.place, forecast.timezone)
        return Provenance(
            provider=forecast.provider,
            credits=(*forecast.credits, *zone_credits),
            fetched_at=entry.fetched_at,
            expires_at=entry.expires_at,
            model=forecast.model,
            issued_at=forecast.issued_at,
            stale=entry.stale,
            cache_status=entry.status.value,
            sample=self._sample,
        )
