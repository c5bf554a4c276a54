"""Climate normals: beside a forecast, and in place of one that cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from weather.core.astronomy import astronomy
from weather.core.errors import UpstreamError
from weather.core.models import (
    Climate,
    ClimateFallback,
    ClimateNormal,
    Coordinates,
    Credit,
    LocatedPlace,
)
from weather.forecasts.time_zones import TimeZones

_RETRY_AFTER = 60  # seconds, where the failure does not say


class Climatology(Protocol):
    @property
    def credits(self) -> tuple[Credit, ...]: ...

    def normal(self, where: Coordinates, day: date) -> ClimateNormal: ...


def climate(normal: ClimateNormal, credits: tuple[Credit, ...], mean: float | None) -> Climate:
    """The normal of today, and how far today's mean temperature (°C) departs from it."""
    departure = None if mean is None else mean - normal.temperature
    return Climate(normal, credits, departure)


class ClimateFallbacks:
    """Fallbacks of a climatology; `sample` marks them as made-up data."""

    def __init__(
        self,
        climatology: Climatology,
        time_zones: TimeZones,
        now: Callable[[], datetime],
        *,
        sample: bool,
    ) -> None:
        self._climatology = climatology
        self._time_zones = time_zones
        self._now = now
        self._sample = sample

    def fallback(self, located: LocatedPlace, failure: UpstreamError) -> ClimateFallback:
        """The normals of a place where a failure leaves no forecast."""
        now = self._now().replace(second=0, microsecond=0)
        place = located.place
        timezone = self._time_zones.of_place(place)
        today = now.astimezone(ZoneInfo(timezone)).date()
        normal = self._climatology.normal(place.coordinates, today)
        return ClimateFallback(
            at=now,
            located=located,
            timezone=timezone,
            date=today,
            climate=Climate(normal, (*self._climatology.credits, *self._time_zones.credits(place))),
            astronomy=astronomy(place.coordinates.rounded(), today, timezone),
            reason=failure.message,
            retry_after=getattr(failure, "retry_after", _RETRY_AFTER),
            sample=self._sample,
        )
