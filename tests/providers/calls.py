"""A call of each provider by its role, so that a test of all needs no line for a new one."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from simulator import Upstreams
from simulator.gazetteer import cities
from weather.core import daily
from weather.core.deadline import Deadline
from weather.core.models import Coordinates
from weather.providers import registry
from weather.providers.declaration import Provider, Role
from weather.settings import Settings
from weather.upstream.client import Upstream

AGENT = "weather-tests/1 (tests@example.org)"
ZURICH = Coordinates(47.37, 8.55)
LONDON = ip_address("81.2.69.160")
REMOTE = {provider.key: provider for provider in registry.PROVIDERS if not provider.local}


def adapter(provider: Provider[Any], upstreams: Upstreams, upstream: Upstream | None = None) -> Any:
    """The provider's adapter, pointed at its simulated twin."""
    settings = Settings.from_environment(upstreams.environment())
    return provider.build(upstream or Upstream(AGENT), settings)


def call(provider: Provider[Any], adapter: Any) -> Any:
    """The result of the adapter. Raises `UpstreamError`."""
    return _CALLS[provider.role](provider, adapter)


def warned_point(provider: Provider[Any]) -> Coordinates:
    """The largest city of the provider's area for which its simulated twin has a warning."""
    with Upstreams() as upstreams:
        service = adapter(provider, upstreams)
        for city in sorted(cities(), key=lambda city: -city.population):
            point = Coordinates(city.latitude, city.longitude)
            inside = provider.area and city.country_code in provider.area.countries
            if inside and service.alerts(point, Deadline(5)):
                return point
    raise LookupError(f"{provider.key} has no simulated warning")


def _alerts(provider: Provider[Any], adapter: Any) -> Any:
    if provider.key not in _warned:
        _warned[provider.key] = warned_point(provider)
    return adapter.alerts(_warned[provider.key], Deadline(5))


def _forecast(provider: Provider[Any], adapter: Any) -> Any:
    forecast = adapter.forecast(ZURICH, None, Deadline(5))
    lit = daily.with_daylight(forecast, ZURICH)
    return daily.days(lit.hours, ZURICH, "Europe/Zurich")


_warned: dict[str, Coordinates] = {}
_CALLS: dict[Role, Callable[[Provider[Any], Any], Any]] = {
    Role.FORECAST: _forecast,
    Role.AIR_QUALITY: lambda _, adapter: adapter.air_quality(ZURICH, Deadline(5)),
    Role.GEOCODING: lambda _, adapter: adapter.search("Paris", ("Texas",), "en", Deadline(5)),
    Role.IP_LOCATION: lambda _, adapter: adapter.locate(LONDON, Deadline(5)),
    Role.ALERTS: _alerts,
}
