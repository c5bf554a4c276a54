"""Chooses the parts of the service by its settings and joins them."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from flask import Flask

from weather import namespaces, validation
from weather.atlas import Atlas
from weather.cache.cache import Cache
from weather.core.threads import ThreadPools
from weather.core.version import VERSION
from weather.forecasts.alerts import Alerts
from weather.forecasts.service import ForecastService
from weather.metrics.metrics import EXTENSION, Metrics
from weather.operations import Operations
from weather.places.gazetteer import nearest_zone
from weather.places.hosts import HostLookup
from weather.places.locator import PlaceLocator
from weather.providers import registry
from weather.providers.adapters import Adapters
from weather.providers.declaration import Role
from weather.settings import Settings, SettingsError
from weather.stores.base import open_store
from weather.stores.fault_tolerant import FaultTolerant, fault_tolerant
from weather.stores.memory import Memory
from weather.upstream.client import Upstream
from weather.upstream.limit import Limit
from weather.upstream.resolver import SystemResolver
from weather.web import application
from weather.web.body_cache import BodyCache
from weather.web.measured import MetricsAccess
from weather.web.rate_limit import RateLimit
from weather.web.services import Services
from weather.web.shared_responses import SharedResponses

_DECODED_BYTES = 20_000_000  # of 600 forecasts

log = logging.getLogger(__name__)

_BYTES_PER_ANSWER = 500  # at least, of the shared memory; a line and its headers have some more


def assemble(settings: Settings, now: Callable[[], datetime]) -> Flask:
    """Raises `SettingsError` for settings that do not go together or point to nothing."""
    store = _store(settings)
    metrics = Metrics(settings.web_concurrency)
    threads = ThreadPools.for_requests(settings.threads)
    upstream = Upstream(
        validation.user_agent(settings),
        store,
        now=now,
        limits=_limits(settings),
        accounts=namespaces.of_accounts(settings),
        breakers=namespaces.of_breakers(settings),
        visitor_share=settings.visitor_share / 100,
        # A silent provider leaves time for another one.
        read_timeout=settings.deadline * 3 / 5,
        proxy=settings.https_proxy,
        ca_bundle=validation.ca_bundle(settings),
        threads=threads.calls,
        metrics=metrics,
    )
    operations = Operations(store, upstream, VERSION)
    metrics.collect(operations.samples)
    providers = Adapters(settings, upstream)
    atlas = Atlas()
    namespace = namespaces.of_entries(settings, VERSION)
    cache = Cache(
        store,
        now,
        threads.fetches,
        namespace=namespace,
        metrics=metrics,
        decoded_bytes=_decoded_bytes(settings) // settings.web_concurrency,
    )
    shared, answer_bytes = _shared_memory(settings), _answer_bytes(settings)
    app = Flask("weather", static_folder=None)
    app.extensions[EXTENSION] = metrics
    application.register(
        app,
        Services(
            locator=PlaceLocator(
                providers.first(Role.GEOCODING),
                providers.selected(registry.IP_LOCATORS),
                cache,
                servers=providers.selected(registry.SERVER_LOCATORS),
                gazetteer=atlas,
                default=validation.default_location(settings),
                hosts=HostLookup(SystemResolver(), now),
            ),
            forecasts=ForecastService(
                validation.forecast_providers(providers),
                providers.first(Role.AIR_QUALITY),
                atlas,
                cache,
                now,
                zone_at=atlas.zone_at,
                nearest_zone=partial(nearest_zone, atlas),
                threads=threads.fetches,
                sample=settings.sample_data,
            ),
            alerts=Alerts(
                providers.selected(registry.ALERT_PROVIDERS), cache, now, threads=threads.fetches
            ),
            trusted_proxies=validation.trusted_proxies(settings),
            public=validation.public_address(settings),
            rate_limit=RateLimit(
                settings.rate_limit, count=store.count if store.is_remote else None
            ),
            places=threads.places,
            places_credit=registry.of_role(Role.GEOCODING)[0].credits[0],
            deadline=settings.deadline,
            now=now,
            headers_bytes=answer_bytes // 4,
            bodies=BodyCache(answer_bytes * 3 // 4, shared),
            shared_responses=SharedResponses(shared) if shared else None,
            metrics=metrics,
            metrics_access=MetricsAccess(settings.metrics_token),
            problems=operations.problems,
        ),
    )
    return app


def _decoded_bytes(settings: Settings) -> int:
    """What all worker processes together may keep of decoded entries. In memory it is a part of
    CACHE_MEGABYTES."""
    return min(_DECODED_BYTES, settings.cache_megabytes * 250_000 or _DECODED_BYTES)


def _answer_bytes(settings: Settings) -> int:
    """What each worker process may keep of rendered responses, ready to be sent."""
    return (_all_answer_bytes(settings) - _shared_bytes(settings)) // settings.web_concurrency


def _shared_bytes(settings: Settings) -> int:
    """The part of the rendered responses that is packed, and that all processes share."""
    return _all_answer_bytes(settings) * 3 // 4


def _all_answer_bytes(settings: Settings) -> int:
    megabytes = settings.answer_megabytes
    if settings.cache_megabytes:  # 0: the default of the store, which is larger
        megabytes = min(megabytes, settings.cache_megabytes)
    return megabytes * 1_000_000


def _shared_memory(settings: Settings) -> Memory | None:
    """Made before the workers are forked. None where nothing is kept."""
    size = _shared_bytes(settings)
    return Memory(size // _BYTES_PER_ANSWER, size) if size else None


def _limits(settings: Settings) -> dict[str, tuple[Limit, ...]]:
    """The quota limits of each account."""
    accounts = {provider.account for provider in registry.PROVIDERS if provider.account}
    return {account.name: account.limits(settings) for account in accounts}


def _store(settings: Settings) -> FaultTolerant:
    try:
        store = open_store(
            settings.cache_url,
            _default_folder(),
            entries=settings.cache_entries,
            megabytes=settings.cache_megabytes,
            decoded_bytes=_decoded_bytes(settings),
        )
    except ValueError as error:
        raise SettingsError(f"CACHE_URL: {error}") from error
    return fault_tolerant(store)


def _default_folder() -> Path | None:
    """The user's cache folder; none where there is no home, as in a bare container."""
    root = os.environ.get("XDG_CACHE_HOME") or (
        f"{home}/.cache" if (home := os.environ.get("HOME")) else ""
    )
    return Path(root, "weather-where-you-are") if root.startswith("/") else None
