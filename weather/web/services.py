"""What the routes need of the rest of the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from weather.core.dataclass import dataclass
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import ClimateFallback, Credit, LocatedPlace, Report
from weather.core.threads import ThreadPool
from weather.forecasts.alerts import Alerts
from weather.forecasts.service import ForecastService
from weather.metrics.metrics import Metrics
from weather.places.locator import PlaceLocator
from weather.web.body_cache import BodyCache
from weather.web.client_address import TrustedProxies
from weather.web.measured import MetricsAccess
from weather.web.public_address import PublicAddress
from weather.web.rate_limit import RateLimit
from weather.web.shared_responses import SharedResponses

Weather = TypeVar("Weather", Report, ClimateFallback, Report | ClimateFallback)


@dataclass(frozen=True, slots=True)
class Services:
    locator: PlaceLocator
    forecasts: ForecastService
    alerts: Alerts
    trusted_proxies: TrustedProxies
    public: PublicAddress | None
    rate_limit: RateLimit
    places_credit: Credit
    places: ThreadPool  # the places of comparisons
    deadline: float  # seconds for a response
    now: Callable[[], datetime]
    # Of responses, which this process keeps for as long as they are true.
    headers_bytes: int
    bodies: BodyCache
    shared_responses: SharedResponses | None  # of all processes
    metrics: Metrics
    metrics_access: MetricsAccess
    # Why the service is not as good as it can be, each in a line.
    problems: Callable[[], Sequence[str]]

    def report(
        self,
        located: LocatedPlace,
        deadline: Deadline,
        *,
        air: bool = True,
        warnings: bool = True,
    ) -> Report:
        """The forecast, with the air quality and the alerts in force if they are wanted. Raises
        `UpstreamError` without a forecast."""
        report = partial(self.forecasts.report, air=air)
        return self._with_alerts(located, deadline, report, air, warnings)

    def report_or_fallback(
        self,
        located: LocatedPlace,
        deadline: Deadline,
        *,
        air: bool = True,
        warnings: bool = True,
    ) -> Report | ClimateFallback:
        """Without a forecast, the climate normals, with the alerts in force all the same. Raises
        `UpstreamError` if there are none."""
        report = partial(self._report_or_fallback, air=air)
        return self._with_alerts(located, deadline, report, air, warnings)

    def _with_alerts(
        self,
        located: LocatedPlace,
        deadline: Deadline,
        report: Callable[[LocatedPlace, Deadline], Weather],
        air: bool,
        warnings: bool,
    ) -> Weather:
        if not warnings:
            self.forecasts.prefetch(located.place, air=air)
            return report(located, deadline)
        self.forecasts.prefetch(located.place, self.alerts.keys, air)
        pending = self.alerts.start(located.place, deadline)
        weather = report(located, deadline)
        collected = self.alerts.collect(pending, deadline)
        if collected.complete and not collected.alerts:
            return weather
        if isinstance(weather, ClimateFallback):
            return replace(weather, alerts=collected.alerts)
        return weather.with_alerts(collected.alerts, complete=collected.complete)

    def _report_or_fallback(
        self, located: LocatedPlace, deadline: Deadline, air: bool
    ) -> Report | ClimateFallback:
        try:
            return self.forecasts.report(located, deadline, air)
        except UpstreamError as failure:
            fallback = self.forecasts.climate_fallback(located, failure)
            if fallback is None:
                raise
            return fallback
