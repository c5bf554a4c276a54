"""`python app.py serve`: the service under gunicorn; and its WSGI application."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from flask import Flask

from weather import atlas, create_app, validation
from weather.core.ip_address import parse_address
from weather.factory import METRICS
from weather.metrics import families
from weather.metrics.metrics import Metrics
from weather.server import logs
from weather.settings import Settings
from weather.web.client_address import TrustedProxies

SETTINGS = Settings
OPTIONS: frozenset[str] = frozenset()

_OLD_TABLES = 180  # days


problems = validation.problems


def run(settings: Settings, options: Sequence[str]) -> int:
    """Serves until SIGTERM. Returns 2 if the embedded tables are damaged.
    Raises `SettingsError`."""
    # Here, since other WSGI servers import this module and do without gunicorn.
    from weather.server import gunicorn_app
    from weather.server.listening import check_address

    check_address(settings.host, settings.port)
    app = wsgi_application(settings)
    try:
        # Before the fork, so that the workers share the tables.
        atlas.load()
    except atlas.CorruptAtlas as error:
        print(error, file=sys.stderr)
        return 2
    _warn_of_old_tables()
    gunicorn_app.serve(app, settings, _is_proxy(settings), _eviction_counter(app))
    return 0


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


def _warn_of_old_tables() -> None:
    """Of the addresses, which move from place to place. Cities hardly do, and the climate is that
    of a period in the past."""
    age = (datetime.now(UTC).date() - atlas.dates()["ip"]).days
    if age > _OLD_TABLES:
        logging.warning(
            "The embedded table of addresses is %d days old. A newer release has a newer one, and "
            "update-geoip fetches one to GEOIP_DATABASE",
            age,
        )
