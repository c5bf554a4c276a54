"""`python app.py serve`: the service under gunicorn; and its WSGI application."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial

from flask import Flask

from weather import atlas, create_app, validation
from weather.core.ip_address import parse_address
from weather.factory import METRICS
from weather.metrics import families
from weather.metrics.metrics import Metrics
from weather.server import logs
from weather.server.allocator import use_one_heap
from weather.settings import Settings
from weather.views import deferred
from weather.web.client_address import TrustedProxies

SETTINGS = Settings
OPTIONS: frozenset[str] = frozenset()

_OLD_TABLES = 180  # days


problems = validation.problems


def run(settings: Settings, options: Sequence[str]) -> int:
    """Serves until SIGTERM. Returns 2 if the embedded tables are damaged.
    Raises `SettingsError`."""
    use_one_heap()
    try:
        app = _loaded(settings)
    except atlas.CorruptAtlas as error:
        print(error, file=sys.stderr)
        return 2
    warn_of_old_addresses(datetime.now(UTC).date())
    # Here, since other WSGI servers import this module and do without gunicorn.
    from weather.server import gunicorn_app

    gunicorn_app.serve(app, settings, _is_proxy(settings), _eviction_counter(app))
    return 0


def _loaded(settings: Settings) -> Flask:
    """The service, with all that its first requests need. It is loaded before the fork, so that the
    workers share it. Raises `CorruptAtlas` and `SettingsError`."""
    gc.disable()  # of what is imported nothing is garbage
    with ThreadPoolExecutor(1) as threads:
        tables = threads.submit(atlas.load)  # which decompresses them beside the imports
        from weather.server import worker  # noqa: F401
        from weather.server.listening import check_address
        from weather.upstream import exchange  # noqa: F401

        check_address(settings.host, settings.port)
        app = wsgi_application(settings)
        deferred.load()
    tables.result()
    # It is needed to the end: a collection that looked at it would copy its pages in each worker.
    gc.freeze()
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


def _eviction_counter(app: Flask) -> Callable[[], None]:
    metrics: Metrics = app.extensions[METRICS]
    return partial(metrics.count, families.SHED, "connections")


def warn_of_old_addresses(today: date) -> None:
    """Of the addresses, which move from place to place. Cities hardly do, and the climate is that
    of a period in the past."""
    age = (today - atlas.dates()["ip"]).days
    if age > _OLD_TABLES:
        logging.warning(
            "The embedded table of addresses is %d days old. A newer release has a newer one, and "
            "update-geoip fetches one to GEOIP_DATABASE",
            age,
        )
