"""What the routes need of the rest of the service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from weather.core.deadline import Deadline
from weather.core.models import Credit, LocatedPlace, Report
from weather.core.threads import ThreadPool
from weather.forecasts.alerts import Alerts
from weather.forecasts.service import ForecastService
from weather.places.locator import PlaceLocator
from weather.web.client_address import TrustedProxies
from weather.web.rate_limit import RateLimit


@dataclass(frozen=True, slots=True)
class Services:
    locator: PlaceLocator
    forecasts: ForecastService
    alerts: Alerts
    trusted_proxies: TrustedProxies
    rate_limit: RateLimit
    places_credit: Credit
    places: ThreadPool  # the places of comparisons
    deadline: float  # seconds for a response
    now: Callable[[], datetime]

    def report(self, located: LocatedPlace, deadline: Deadline) -> Report:
        """The forecast with the alerts in force. Raises `UpstreamError` without a forecast."""
        submitted = self.alerts.start(located.place, deadline)
        report = self.forecasts.report(located, deadline)
        in_force = self.alerts.collect(submitted, deadline)
        return replace(report, alerts=in_force) if in_force else report
