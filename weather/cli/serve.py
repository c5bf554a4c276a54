"""`python app.py serve`: the service under gunicorn; and its WSGI application."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from weather import atlas, create_app
from weather.core.ip_address import parse_address
from weather.metrics import families
from weather.metrics.metrics import EXTENSION, Metrics
from weather.server import logs
from weather.server.allocator import return_free_memory, use_one_heap
from weather.settings import Settings
from weather.views import deferred
from weather.web.client_address import TrustedProxies

if TYPE_CHECKING:
    from flask import Flask

SETTINGS = Settings
OPTIONS: frozenset[str] = frozenset()

_OLD_TABLES = 180  # days
_UNCOLLECTED = 5000  # new containers before a collection; by default 700
_CANNOT_START = 3  # a worker's exit status, by which gunicorn's master stops


def problems(settings: Settings) -> Iterator[str]:
    """What is wrong with the settings, besides what cannot be read."""
    gc.disable()  # of what is imported nothing is garbage
    from weather import validation

    yield from validation.problems(settings)


def run(settings: Settings, options: Sequence[str]) -> int:
    """Serves until SIGTERM. Returns 2 if the embedded tables are damaged.
    Raises `SettingsError`."""
    try:
        app = _loaded(settings)
    except atlas.CorruptAtlas as error:
        print(error, file=sys.stderr)
        return 2
    warn_of_old_addresses(datetime.now(UTC).date(), settings)
    # Here, since other WSGI servers import this module and do without gunicorn.
    from weather.server import gunicorn_app

    metrics: Metrics = app.extensions[EXTENSION]
    gunicorn_app.serve(
        app,
        settings,
        _is_proxy(settings),
        on_close=partial(metrics.count, families.SHED),
        on_refusal=lambda status: metrics.count(families.REFUSED, str(int(status))),
        on_worker_start=_prepare,
        is_lazy=True,
    )
    return 0


def _prepare() -> None:
    """What the start does not wait for, and no request should: in a thread of each worker."""
    threading.Thread(target=_load_tables, name="tables", daemon=True).start()


def _load_tables() -> None:
    try:
        atlas.load()
    except atlas.CorruptAtlas as error:  # tables that do not fit together
        logging.critical("%s", error)
        os._exit(_CANNOT_START)


def _loaded(settings: Settings) -> Flask:
    """The service, with all that its first requests need but the tables, which have a process of
    their own. It is loaded before the fork, so that the workers share it. Raises `CorruptAtlas` and
    `SettingsError`."""
    gc.disable()
    use_one_heap()
    from weather.server import gunicorn_app, worker  # noqa: F401
    from weather.server.listening import check_address
    from weather.upstream import exchange  # noqa: F401

    check_address(settings.host, settings.port)
    app = wsgi_application(settings)
    deferred.load()
    atlas.dates()  # nothing is damaged
    return_free_memory()  # that imports have left
    # It is needed to the end: a collection that looked at it would copy its pages in each worker.
    gc.freeze()
    # Little of a request is garbage in cycles, and much of it lives for as long as the request.
    gc.set_threshold(_UNCOLLECTED)
    gc.enable()
    return app


def wsgi_application(settings: Settings) -> Flask:
    """The service, with logging configured. Raises `SettingsError`."""
    logs.configure(settings.log_level, settings.log_format)
    return create_app(settings)


def _is_proxy(settings: Settings) -> Callable[[str], bool]:
    """Whether an address is that of a trusted proxy: any is, if TRUSTED_PROXIES is their number."""
    proxies = TrustedProxies.parse(settings.trusted_proxies)
    return lambda peer: bool(proxies.hops) or proxies.trusts(parse_address(peer))


def warn_of_old_addresses(today: date, settings: Settings) -> None:
    """Of the source that addresses are looked up in, as they move from place to place. Cities
    hardly do, and the climate is that of a period in the past."""
    if "database" in settings.ip_locators and settings.geoip_database:
        from weather.providers.ip_database import IPDatabase

        built_at = IPDatabase(settings.geoip_database).built_at.date()
        name, advice = "GEOIP_DATABASE", "update-geoip fetches a newer one"
    elif "atlas" in settings.ip_locators:
        built_at, name = atlas.dates()["ip"], "The embedded table of addresses"
        advice = "A newer release has a newer one, and update-geoip fetches one to GEOIP_DATABASE"
    else:
        return
    age = (today - built_at).days
    if age > _OLD_TABLES:
        logging.warning("%s is %d days old. %s", name, age, advice)
