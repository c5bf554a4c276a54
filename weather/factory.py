"""The only place where the parts are chosen and joined."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask

from weather.atlas import Atlas
from weather.atlas.ip import IPTable
from weather.cache.cache import Cache
from weather.core.errors import InvalidLocation
from weather.forecasts.alerts import AlertProvider, Alerts
from weather.forecasts.service import ForecastProvider, ForecastService
from weather.places import query as location
from weather.places.locator import IPLocator, PlaceLocator
from weather.providers import ipwhois, met_norway, open_meteo, open_meteo_geocoding
from weather.providers.bright_sky import BrightSky
from weather.providers.geojs import GeoJS
from weather.providers.ip_database import IPDatabase
from weather.providers.ipwhois import IPWhois
from weather.providers.met_norway import METNorway
from weather.providers.nws import NWS
from weather.providers.open_meteo import OpenMeteo, OpenMeteoAirQuality
from weather.providers.open_meteo_geocoding import OpenMeteoGeocoder
from weather.settings import Settings, SettingsError
from weather.stores.base import Store, open_store
from weather.upstream.client import Upstream
from weather.upstream.quota import Limit, per_minute_hour_day
from weather.web import application
from weather.web.client_address import TrustedProxies
from weather.web.rate_limit import RateLimit
from weather.web.services import Services

_VERSION = "0.1.0"

log = logging.getLogger(__name__)


def assemble(settings: Settings, now: Callable[[], datetime]) -> Flask:
    """Raises `SettingsError` for settings that do not go together or point to nothing."""
    store = _store(settings)
    upstream = Upstream(
        user_agent(settings),
        store,
        now=now,
        limits=_limits(settings),
        proxy=settings.https_proxy,
        ca_bundle=_ca_bundle(settings),
    )
    atlas = Atlas()
    cache = Cache(store, now)
    app = Flask("weather", static_folder=None)
    application.register(
        app,
        Services(
            locator=PlaceLocator(
                OpenMeteoGeocoder(
                    upstream,
                    _customer_url(settings, "open_meteo_geocoding_url"),
                    settings.open_meteo_api_key,
                ),
                _locators(settings, upstream),
                cache,
                servers=_servers(settings, upstream),
                gazetteer=atlas,
                default=_default_location(settings),
            ),
            forecasts=ForecastService(
                _forecasters(settings, upstream),
                _air_quality(settings, upstream),
                atlas,
                cache,
                now,
                sample=settings.sample_data,
            ),
            alerts=Alerts(_alert_providers(settings, upstream), cache, now),
            trusted_proxies=_trusted_proxies(settings),
            rate_limit=RateLimit(settings.rate_limit),
            places_credit=open_meteo_geocoding.CREDIT,
            deadline=settings.deadline,
            now=now,
        ),
    )
    return app


def _store(settings: Settings) -> Store:
    try:
        return open_store(
            settings.cache_url,
            _default_folder(),
            entries=settings.cache_entries,
            megabytes=settings.cache_megabytes,
        )
    except ValueError as error:
        raise SettingsError(f"CACHE_URL: {error}") from error


def _limits(settings: Settings) -> dict[str, tuple[Limit, ...]]:
    """What each provider grants us; those that are not named have told no limit."""
    budget = settings.open_meteo_budget
    if settings.open_meteo_api_key and budget == Settings().open_meteo_budget:
        budget = ()
    return {
        open_meteo.ACCOUNT: per_minute_hour_day(budget),
        met_norway.NAME: met_norway.LIMITS,
        ipwhois.NAME: ipwhois.LIMITS,
    }


def _forecasters(settings: Settings, upstream: Upstream) -> list[ForecastProvider]:
    known: dict[str, ForecastProvider] = {
        "open-meteo": OpenMeteo(
            upstream, _customer_url(settings, "open_meteo_url"), settings.open_meteo_api_key
        ),
        "met-norway": METNorway(upstream, settings.met_norway_url),
    }
    if not settings.contact:
        # Its terms demand a contact in the User-Agent.
        del known["met-norway"]
    chosen = [known[name] for name in settings.forecast_providers if name in known]
    if not chosen:
        raise SettingsError("FORECAST_PROVIDERS leaves nobody to ask (MET Norway needs CONTACT).")
    return chosen


def _air_quality(settings: Settings, upstream: Upstream) -> OpenMeteoAirQuality | None:
    if not settings.open_meteo_air_quality_url:
        return None
    url = _customer_url(settings, "open_meteo_air_quality_url")
    return OpenMeteoAirQuality(upstream, url, settings.open_meteo_api_key)


def _services(settings: Settings, upstream: Upstream) -> dict[str, IPLocator]:
    return {
        "ipwhois": IPWhois(upstream, settings.ipwhois_url),
        "geojs": GeoJS(upstream, settings.geojs_url),
    }


def _servers(settings: Settings, upstream: Upstream) -> list[IPLocator]:
    known = _services(settings, upstream)
    return [known[name] for name in settings.server_locators]


def _alert_providers(settings: Settings, upstream: Upstream) -> list[AlertProvider]:
    known: dict[str, AlertProvider] = {
        "nws": NWS(upstream, settings.nws_url),
        "bright-sky": BrightSky(upstream, settings.bright_sky_url),
    }
    return [known[name] for name in settings.alert_providers]


def _locators(settings: Settings, upstream: Upstream) -> list[IPLocator]:
    known = {**_services(settings, upstream), "atlas": IPTable()}
    if settings.geoip_database:
        try:
            known["database"] = IPDatabase(settings.geoip_database)
        except ValueError as error:
            raise SettingsError(f"GEOIP_DATABASE: {error}") from error
    return [known[name] for name in settings.ip_locators if name in known]


def _customer_url(settings: Settings, name: str) -> str:
    """Open-Meteo serves the holders of a key from hosts of their own."""
    url = str(getattr(settings, name))
    if settings.open_meteo_api_key and url == getattr(Settings(), name):
        return url.replace("https://", "https://customer-")
    return url


def _trusted_proxies(settings: Settings) -> TrustedProxies:
    try:
        return TrustedProxies.parse(settings.trusted_proxies)
    except ValueError as error:
        raise SettingsError(f"TRUSTED_PROXIES: {error}") from error


def _default_location(settings: Settings) -> location.Query | None:
    if not settings.default_location:
        return None
    try:
        return location.parse(settings.default_location)
    except InvalidLocation as error:
        raise SettingsError(f"DEFAULT_LOCATION: {error}") from error


def _ca_bundle(settings: Settings) -> str:
    if settings.ssl_cert_file and not Path(settings.ssl_cert_file).is_file():
        raise SettingsError(f"SSL_CERT_FILE: there is no file {settings.ssl_cert_file}.")
    return settings.ssl_cert_file


def user_agent(settings: Settings) -> str:
    """How we introduce ourselves to the providers."""
    contact = f" ({settings.contact})" if settings.contact else ""
    return f"weather-where-you-are/{_VERSION}{contact}"


def _default_folder() -> Path | None:
    """The user's cache folder; none where there is no home, as in a bare container."""
    root = os.environ.get("XDG_CACHE_HOME") or (
        f"{home}/.cache" if (home := os.environ.get("HOME")) else ""
    )
    return Path(root, "weather-where-you-are") if root.startswith("/") else None
