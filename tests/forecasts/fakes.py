"""Forecast providers without a network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamUnavailable
from weather.core.models import (
    Conditions,
    Coordinates,
    Credit,
    Forecast,
    LocatedBy,
    LocatedPlace,
    Place,
    Report,
)
from weather.core.threads import ThreadPool
from weather.forecasts.service import ForecastService

CREDIT = Credit("Example", "https://weather.example/", "CC BY 4.0")


class Forecaster:
    """Forecasts four days from the midnight (UTC) of today on, or fails; counts its calls."""

    def __init__(self, name: str, now: Callable[[], datetime], timezone: str | None = None) -> None:
        self.name = name
        self.now = now
        self.timezone = timezone
        self.is_down = False
        self.calls = 0

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast:
        self.calls += 1
        if self.is_down:
            raise UpstreamUnavailable("down")
        midnight = self.now().replace(hour=0, minute=0, second=0, microsecond=0)
        hours = tuple(
            Conditions(midnight + timedelta(hours=n), temperature=float(n)) for n in range(96)
        )
        return Forecast(self.name, (CREDIT,), hours, timezone=self.timezone)


def service(cache: Cache, now: Callable[[], datetime], *forecasters: Forecaster) -> ForecastService:
    return ForecastService(forecasters, None, None, cache, now, threads=ThreadPool(8, "fetch"))


def report(service: ForecastService, place: Place) -> Report:
    return service.report(LocatedPlace(place, LocatedBy.COORDINATES), Deadline(5))
