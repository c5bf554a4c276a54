"""Settings that point to something, or that must go together: what they mean, and what is wrong
with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from weather.atlas import Atlas
from weather.cache.cache import Cache
from weather.core.clock import utc_now
from weather.core.deadline import Deadline
from weather.core.errors import InvalidLocation, LocationNotFound, UpstreamError
from weather.core.threads import CALLS, ThreadPool
from weather.core.version import VERSION
from weather.places import query as place_query
from weather.places.locator import PlaceLocator
from weather.providers import registry
from weather.providers.adapters import Adapters
from weather.providers.declaration import Role
from weather.settings import Settings, SettingsError
from weather.stores.base import check_url
from weather.stores.memory import Memory
from weather.upstream.client import Upstream
from weather.web.client_address import TrustedProxies
from weather.web.public_address import PublicAddress

_PATIENCE = 3.0  # seconds for the search of a place


def problems(settings: Settings) -> Iterator[str]:
    """What is wrong, a line for each setting."""
    checks: tuple[Callable[[Settings], object], ...] = (
        *(trusted_proxies, public_address, ca_bundle, _check_cache, _check_metrics),
        *(_check_providers, _check_default_location),
    )
    for check in checks:
        try:
            check(settings)
        except SettingsError as error:
            yield str(error)


def trusted_proxies(settings: Settings) -> TrustedProxies:
    """Raises `SettingsError`, as all functions here."""
    try:
        return TrustedProxies.parse(settings.trusted_proxies)
    except ValueError as error:
        raise SettingsError(f"TRUSTED_PROXIES: {error}") from error


def public_address(settings: Settings) -> PublicAddress | None:
    try:
        return PublicAddress.parse(settings.public_url) if settings.public_url else None
    except ValueError as error:
        raise SettingsError(f"PUBLIC_URL {error}.") from error


def default_location(settings: Settings) -> place_query.Query | None:
    if not settings.default_location:
        return None
    try:
        return place_query.parse(settings.default_location)
    except InvalidLocation as error:
        raise SettingsError(f"DEFAULT_LOCATION: {error}") from error


def ca_bundle(settings: Settings) -> str:
    if settings.ssl_cert_file and not Path(settings.ssl_cert_file).is_file():
        raise SettingsError(f"SSL_CERT_FILE: there is no file {settings.ssl_cert_file}.")
    return settings.ssl_cert_file


def forecast_providers(adapters: Adapters) -> list[Any]:
    chosen = adapters.selected(registry.FORECAST_PROVIDERS)
    if not chosen:
        raise SettingsError("FORECAST_PROVIDERS leaves no provider (some need CONTACT).")
    return chosen


def user_agent(settings: Settings) -> str:
    """The service's User-Agent in calls, with the operator's contact."""
    contact = f" ({settings.contact})" if settings.contact else ""
    return f"weather-where-you-are/{VERSION}{contact}"


def _check_cache(settings: Settings) -> None:
    try:
        check_url(settings.cache_url)
    except ValueError as error:
        raise SettingsError(f"CACHE_URL: {error}") from error


def _check_metrics(settings: Settings) -> None:
    port = settings.metrics.rpartition(":")[2]
    if port and int(port) == settings.port:
        raise SettingsError("METRICS must have another port than PORT.")


def _check_providers(settings: Settings) -> None:
    adapters = Adapters(settings, Upstream(user_agent(settings), Memory()))
    forecast_providers(adapters)
    for selection in (registry.IP_LOCATORS, registry.SERVER_LOCATORS, registry.ALERT_PROVIDERS):
        adapters.selected(selection)


def _check_default_location(settings: Settings) -> None:
    """A name that the atlas has not is searched for, with threads that end before the service
    forks. Where no search can be reached, the name may be right."""
    query = default_location(settings)
    if not isinstance(query, place_query.NameQuery) or Atlas().search(query.name, query.within):
        return
    threads = ThreadPool(CALLS, "check")
    upstream = Upstream(
        user_agent(settings), Memory(), proxy=settings.https_proxy,
        ca_bundle=settings.ssl_cert_file, threads=threads,
    )  # fmt: skip
    geocoder = Adapters(settings, upstream).first(Role.GEOCODING)
    locator = PlaceLocator(geocoder, (), Cache(Memory(), utc_now, threads), gazetteer=Atlas())
    try:
        locator.locate(query, None, "en", Deadline(_PATIENCE))
    except LocationNotFound:
        message = f"DEFAULT_LOCATION: no place is called {settings.default_location}."
        raise SettingsError(message) from None
    except UpstreamError:
        return
    finally:
        threads.close()
        upstream.close()
