"""The report of a place from a forecast, the air quality and the climate."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from weather.cache.entry import Entry, Status
from weather.core import daily, expiry, models, present
from weather.core.astronomy import day_bounds
from weather.core.errors import UpstreamError
from weather.core.lru import LRU
from weather.core.models import (
    AirQuality,
    CellForecast,
    Climate,
    ClimateNormal,
    Day,
    Disagreement,
    Forecast,
    Hours,
    LocatedPlace,
    Place,
    Provenance,
    Report,
)
from weather.core.models.disagreement import disagreements
from weather.forecasts.changes import next_change
from weather.forecasts.climate import Climatology, climate
from weather.forecasts.composed_report import ComposedReport
from weather.forecasts.time_zones import TimeZones

# Each is used for a minute. They are views of the forecasts, which they keep in memory.
_REPORTS = 256
_NORMALS = 1024  # of a place and a day: a sum over some thousand grid points each
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
        self._normals: LRU[Hashable, ClimateNormal] = LRU(_NORMALS)

    def report(
        self,
        located: LocatedPlace,
        entry: Entry[CellForecast],
        air: AirQuality | None,
        others: Sequence[Entry[CellForecast]] = (),
    ) -> Report:
        """`others` are forecasts of other providers, to compare with. Raises `UpstreamError` if the
        forecast does not cover the present hour."""
        now = self._now().replace(second=0, microsecond=0)
        fetched = tuple(other.fetched_at for other in others)
        provider = entry.value.forecast.provider
        key = (located, now, entry.fetched_at, entry.status, provider, air, fetched)
        cached = self._reports.get(key)
        if cached is None:
            report = self._compose(located, entry, air, now, others)
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
        others: Sequence[Entry[CellForecast]],
    ) -> Report:
        forecast = entry.value.forecast
        current = present.current_at(forecast, now, located.place.coordinates.rounded())
        if current is None:
            raise UpstreamError("The forecast does not cover the present hour.")
        timezone = self._time_zones.of_place(located.place, forecast.timezone)
        today = now.astimezone(ZoneInfo(timezone)).date()
        midnight, _ = day_bounds(today, timezone)
        all_days = self._days_of(located, entry, timezone)
        days = _from(all_days, today)
        hours = Hours.of(forecast.hours)
        past = hours.count_until(now - present.HOUR)
        is_today = bool(days) and days[0].date == today
        coming = days[1:] if is_today else days
        differing = self._disagreements(located, coming, timezone, others)
        return ComposedReport.of(
            {
                "rest_of_today": lambda: (
                    daily.rest_of_day(days[0], hours[past:], timezone) if is_today else None
                ),
                "yesterday": lambda: _yesterday(all_days, today) if is_today else None,
                "climate": lambda: self._climate(located.place, days),
            },
            at=now,
            located=located,
            timezone=timezone,
            current=current,
            hours=hours[past:],
            earlier=hours[min(hours.count_before(midnight), past) : past],
            days=days,
            nowcast=forecast.nowcast.coming(now) if forecast.nowcast else (),
            air_quality=air,
            disagreements=tuple(item for item, _ in differing),
            provenance=self._provenance(entry, located, [of for _, of in differing]),
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

    def _climate(self, place: Place, days: Sequence[Day]) -> Climate | None:
        if self._climatology is None or not days:
            return None
        today = days[0].date
        key = (place.coordinates, today)
        normal = self._normals.get(key)
        if normal is None:
            normal = self._climatology.normal(place.coordinates, today)
            self._normals.put(key, normal)
        return climate(normal, self._climatology.credits, days[0].temperature_mean)

    def _disagreements(
        self,
        located: LocatedPlace,
        days: Days,
        timezone: str,
        others: Sequence[Entry[CellForecast]],
    ) -> list[tuple[Disagreement, Forecast]]:
        """What other forecasts expect otherwise of these days, with the forecast of each."""
        differences = []
        for other in others:
            forecast = other.value.forecast
            by_date = {day.date: day for day in self._days_of(located, other, timezone)}
            items = disagreements(days, by_date, forecast.provider)
            differences += [(item, forecast) for item in items]
        return differences

    def _provenance(
        self, entry: Entry[CellForecast], located: LocatedPlace, others: Sequence[Forecast]
    ) -> Provenance:
        """`others` are the forecasts of which something is shown too."""
        forecast = entry.value.forecast
        of_others = (credit for other in others for credit in other.credits)
        zone_credits = self._time_zones.credits(located.place, forecast.timezone)
        return Provenance(
            provider=forecast.provider,
            credits=tuple(dict.fromkeys((*forecast.credits, *of_others, *zone_credits))),
            fetched_at=entry.fetched_at,
            expires_at=entry.expires_at,
            model=forecast.model,
            issued_at=forecast.issued_at,
            stale=entry.stale,
            declined=entry.status is Status.DECLINED,
            cache_status=entry.status.value,
            sample=self._sample,
        )


def _yesterday(days: Days, today: date) -> Day | None:
    """The day before, if its mean temperature is known."""
    rest = _from(days, today - timedelta(days=1))
    day = rest[0] if rest else None
    return day if day and day.date < today and day.temperature_mean is not None else None


def _from(days: Days, first: date) -> Days:
    """The days from a date on."""
    dates = days.column("date") if isinstance(days, models.Days) else [day.date for day in days]
    return days[bisect_left(dates, first) :]
