"""WSGI middleware (PEP 3333) in front of the cache and the application: the client's address,
its rate limit, the scheme that it used, and the path in its one form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from weather.core.ip_address import Address
from weather.web import comparison, paths
from weather.web import environ as keys
from weather.web.cached_response import Headers
from weather.web.client_address import TrustedProxies, client_address
from weather.web.forwarded import forwarded_client
from weather.web.lazy_response import LazyResponse
from weather.web.microcache import Application, Environ, StartResponse
from weather.web.rate_limit import RateLimit

# Health probes: neither counted nor refused.
PROBES = frozenset({"/healthz", "/readyz"})
# What proxies say besides the address; most requests have none.
_FORWARDED = frozenset(
    {
        *("HTTP_FORWARDED", "HTTP_X_FORWARDED_PROTO"),
        *("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PREFIX"),
    }
)


class ClientMiddleware:
    """Sets the client's address, and the scheme, host and path that it used, and applies the rate
    limit; `refuse` renders the 429 in the form that was requested. `prefix` is the public path
    of the start page, by default as the proxies forward it."""

    def __init__(
        self,
        app: Application,
        refuse: Application,
        proxies: TrustedProxies,
        rate_limit: RateLimit,
        prefix: str = "",
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._proxies = proxies
        self._rate_limit = rate_limit
        self._prefix = prefix

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"] = paths.of_request(environ)
        peer = environ.get("REMOTE_ADDR")
        visitor = client_address(peer, environ.get("HTTP_X_FORWARDED_FOR"), self._proxies)
        if not _FORWARDED.isdisjoint(environ):
            visitor = self._forward(environ)
        if prefix := self._prefix or environ.get("SCRIPT_NAME"):
            environ["SCRIPT_NAME"] = prefix
            path = environ["PATH_INFO"] = paths.below(prefix, path)
        requests = comparison.requests(path, environ)
        allowance = None if path in PROBES else self._rate_limit.take(visitor, requests)
        environ[keys.VISITOR], environ[keys.ALLOWANCE] = visitor, allowance
        if allowance is None:
            return self._app(environ, start_response)
        start = partial(_start_with, start_response, allowance.headers())
        if allowance.exceeded:
            return LazyResponse(partial(self._refuse, environ, start))
        return self._app(environ, start)

    def _forward(self, environ: Environ) -> Address | None:
        """Sets what trusted proxies say of the request; the client's address."""
        client = forwarded_client(environ, self._proxies)
        if client.scheme:
            environ["wsgi.url_scheme"] = client.scheme
        if client.host:
            environ["HTTP_HOST"] = client.host
        if client.prefix:
            environ["SCRIPT_NAME"] = client.prefix
        return client.address


def _start_with(
    start_response: StartResponse, added: Headers, status: str, headers: Headers, *error: Any
) -> Any:
    return start_response(status, [*headers, *added], *error)
