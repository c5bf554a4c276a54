"""The report that every view renders, and the climate fallback in its place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from weather.core.dataclass import dataclass
from weather.core.models.alert import Alert
from weather.core.models.climate import Climate
from weather.core.models.conditions import Conditions
from weather.core.models.credit import Credit
from weather.core.models.day import Astronomy, Day
from weather.core.models.disagreement import Disagreement
from weather.core.models.forecast import AirQuality
from weather.core.models.nowcast import QUARTER, Quarter, next_change
from weather.core.models.place import LocatedPlace, Place
from weather.core.models.rows import Days, Hours

# Longer than a provider takes to have the next values, and than the freshness of a forecast.
_RECENT = timedelta(minutes=30)
_DAY, _HOURS_OF_DAY = timedelta(days=1), 24


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a forecast comes from and how old it is."""

    provider: str
    credits: tuple[Credit, ...]
    fetched_at: datetime
    expires_at: datetime
    model: str | None = None
    issued_at: datetime | None = None
    stale: bool = False  # past its freshness, because no newer one could be fetched
    declined: bool = False  # stale because the client may cause no more calls
    cache_status: str = "hit"  # in the words of Cache-Status (RFC 9211)
    sample: bool = False  # made up by a simulated provider


@dataclass(frozen=True)  # without slots: the fingerprint is cached on it
class Report:
    """A place and its weather as of the moment `at`.

    `hours` starts with the hour that `at` lies in and `days` with the local today; `earlier`
    holds the hours of today that have passed. `rest_of_today` is today without what of it has
    passed but for its temperatures.
    """

    at: datetime
    located: LocatedPlace
    timezone: str
    current: Conditions
    hours: Sequence[Conditions]
    days: Sequence[Day]
    provenance: Provenance
    air_quality: AirQuality | None = None
    earlier: Sequence[Conditions] = ()
    climate: Climate | None = None
    alerts: tuple[Alert, ...] = ()
    alerts_complete: bool = True  # False: their provider failed, so there may be others
    rest_of_today: Day | None = None
    yesterday: Day | None = None  # with a mean temperature, as today has then
    disagreements: tuple[Disagreement, ...] = ()  # of other providers, from tomorrow on
    nowcast: tuple[Quarter, ...] = ()  # of two hours, from the present quarter of an hour on

    @property
    def place(self) -> Place:
        return self.located.place

    def with_alerts(self, alerts: tuple[Alert, ...], *, complete: bool) -> Report:
        return replace(self, alerts=alerts, alerts_complete=complete)

    @property
    def coming_days(self) -> Sequence[Day]:
        """The days as forecasts: today's precipitation, condition and wind are those from the
        present hour on."""
        days = Days.of(self.days)
        return (self.rest_of_today, *days[1:]) if days and self.rest_of_today else days

    @property
    def _begins_at(self) -> datetime | None:
        """The moment of the first hour."""
        return self.hours[0].valid_at if self.hours else None

    @property
    def hour(self) -> datetime:
        """The begin of the present hour, in UTC."""
        begin = self._begins_at
        if begin is not None and begin <= self.at:
            return begin
        return self.at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)

    @property
    def quarter(self) -> datetime:
        """The begin of the present quarter of an hour, in UTC."""
        at = self.at.astimezone(UTC)
        return at - (at - at.replace(minute=0, second=0, microsecond=0)) % QUARTER

    @property
    def next_hours(self) -> Hours:
        """The present hour and those that begin within 24 hours, 24 at most: what sentence, chart
        and table are made of."""
        hours = Hours.of(self.hours)
        return hours[: min(hours.count_before(self.at + _DAY), _HOURS_OF_DAY)]

    @property
    def warmer_than_yesterday(self) -> float | None:
        """°C by which today's mean temperature exceeds yesterday's; None if one is unknown."""
        today = self.days[0].temperature_mean if self.days else None
        before = self.yesterday.temperature_mean if self.yesterday else None
        return None if today is None or before is None else today - before

    @property
    def nowcast_changes_at(self) -> datetime | None:
        """Until when the same is said of the next two hours; None where nothing is. It is no part
        of the fingerprint, as most views say nothing of it."""
        return next_change(self.nowcast, self.at)

    @property
    def present_changes_at(self) -> datetime:
        """Until when the same is said of the next two hours, and the present moment is the same to
        a quarter of an hour."""
        return self.nowcast_changes_at or self.quarter + QUARTER

    @property
    def age(self) -> timedelta:
        """Time since the forecast was fetched, never negative."""
        return max(self.at - self.provenance.fetched_at, timedelta())

    @property
    def age_if_old(self) -> timedelta | None:
        """The age of current conditions that a newer forecast should have replaced, or None: those
        of a stale forecast, and those older than half an hour of an expired one or of a provider
        that is behind. The value of the present hour is not old until the hour is over."""
        if self.provenance.stale:
            return self.age
        behind = self.at - self.current.valid_at
        if self.current.valid_at == self._begins_at:
            behind = timedelta()
        expired = self.age if self.at >= self.provenance.expires_at else timedelta()
        return max(behind, self.age) if max(behind, expired) > _RECENT else None

    @property
    def recent_until(self) -> datetime | None:
        """The last moment at which current conditions are not old that a newer forecast should
        have; None for the value of the present hour."""
        is_of_hour = self.current.valid_at == self._begins_at
        return None if is_of_hour else self.current.valid_at + _RECENT

    @cached_property
    def fingerprint(self) -> str:
        """Content hash without age, for ETags: the same in all processes."""
        provenance = self.provenance
        air = self.air_quality.valid_at if self.air_quality else None
        parts = (
            *(self.located, self.alerts, provenance.provider, provenance.fetched_at),
            *(provenance.stale, provenance.declined, self.age_if_old is None, air),
            # With the hour the next hours change, and measured values give way to the hour's.
            *(self._begins_at, self.current.valid_at),
            self.current.is_day,
            self.disagreements,
            tuple(alert.starts_at is None or alert.starts_at <= self.at for alert in self.alerts),
        )
        return hashlib.blake2b(repr(parts).encode(errors="replace"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class ClimateFallback:
    """The climate normals of a place on the local today, in place of a forecast that cannot be
    had. Every view must say that it is no forecast."""

    at: datetime
    located: LocatedPlace
    timezone: str
    date: date
    climate: Climate
    astronomy: Astronomy
    reason: str  # why there is no forecast, for the visitor
    retry_after: int  # seconds
    sample: bool = False
    alerts: tuple[Alert, ...] = ()

    @property
    def place(self) -> Place:
        return self.located.place
