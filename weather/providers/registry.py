"""All providers, a line for each, and the settings that follow from their declarations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from weather.core.setting import Setting, words
from weather.providers import (
    bright_sky,
    environment_canada,
    geojs,
    ip_atlas,
    ip_database,
    ipwhois,
    met_norway,
    meteoalarm,
    nws,
    open_meteo,
    open_meteo_air_quality,
    open_meteo_geocoding,
)
from weather.providers.declaration import Provider, Role

# Of each role in the order of preference.
PROVIDERS: tuple[Provider[Any], ...] = (
    open_meteo.PROVIDER,
    met_norway.PROVIDER,
    open_meteo_air_quality.PROVIDER,
    open_meteo_geocoding.PROVIDER,
    ip_database.PROVIDER,
    ip_atlas.PROVIDER,
    ipwhois.PROVIDER,
    geojs.PROVIDER,
    nws.PROVIDER,
    bright_sky.PROVIDER,
    environment_canada.PROVIDER,
    meteoalarm.PROVIDER,
)
BY_KEY = {provider.key: provider for provider in PROVIDERS}


def of_role(role: Role) -> tuple[Provider[Any], ...]:
    return tuple(provider for provider in PROVIDERS if provider.role is role)


Names = tuple[str, ...]


def _selection(
    name: str, allowed: Iterable[Provider[Any]], default: Iterable[Provider[Any]], meaning: str
) -> Setting[Names]:
    keys = [provider.key for provider in allowed]
    return Setting(name, ",".join(provider.key for provider in default), words(*keys), meaning)


_forecasts, _locators, _alerts = map(of_role, (Role.FORECAST, Role.IP_LOCATION, Role.ALERTS))
_local = [provider for provider in _locators if provider.local]
_remote = [provider for provider in _locators if not provider.local]
_areas = [f"{provider.name} in {provider.area.name}" for provider in _alerts if provider.area]

FORECAST_PROVIDERS = _selection(
    "forecast_providers",
    _forecasts,
    _forecasts,
    "The forecast providers, in order of preference"
    + "".join(
        f"; {provider.name} only with CONTACT" for provider in _forecasts if provider.needs_contact
    ),
)
ALERT_PROVIDERS = _selection(
    "alert_providers",
    _alerts,
    _alerts,
    f"The sources of official warnings: {', '.join(_areas)}; empty: none",
)
IP_LOCATORS = _selection(
    "ip_locators",
    _locators,
    _local,
    "The locators of visitors' addresses, in order; "
    + " and ".join(f"`{provider.key}`" for provider in _local)
    + " (the embedded table) send no address to anyone",
)
SERVER_LOCATORS = _selection(
    "server_locators",
    _remote,
    _remote,
    "The locators of the server's own address, each called once an hour at most",
)


def settings() -> tuple[Setting[Any], ...]:
    """The settings of all providers, each once."""
    own = (setting for provider in PROVIDERS for setting in provider.settings)
    selections = (FORECAST_PROVIDERS, ALERT_PROVIDERS, IP_LOCATORS, SERVER_LOCATORS)
    return tuple(dict.fromkeys((*selections, *own)))
