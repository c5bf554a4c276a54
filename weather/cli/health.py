"""`python app.py health`: the probe of a container's engine."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException

from weather.core.service_settings import ServiceSettings

SETTINGS = ServiceSettings
OPTIONS: frozenset[str] = frozenset()

_TIMEOUT = 3  # seconds
_EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104


def run(settings: ServiceSettings, options: Sequence[str]) -> int:
    """Returns 0 if the service on this machine answers /healthz with 200, else 1."""
    host = "127.0.0.1" if settings.host in _EVERY_ADDRESS else settings.host
    try:
        status = _status(host, settings.port)
    except (OSError, HTTPException) as error:
        print(f"The service does not answer: {error}", file=sys.stderr)
        return 1
    if status != 200:
        print(f"The service answers with status {status}.", file=sys.stderr)
        return 1
    return 0


def _status(host: str, port: int) -> int:
    # http.client uses no proxy, unlike urllib: container engines set http_proxy in every
    # container, and no proxy reaches the loopback address of this one.
    connection = HTTPConnection(host, port, timeout=_TIMEOUT)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    finally:
        connection.close()
