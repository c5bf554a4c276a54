"""WSGI middleware (PEP 3333) in front of the cache and the application: the client's address,
its rate limit, the scheme that it used, and the path in its one form."""

from __future__ import annotations

from collections.abc import Iterable

from weather.web import comparison, paths
from weather.web import environ as keys
from weather.web.client_address import TrustedProxies, client_address, client_scheme
from weather.web.microcache import Application, Environ, StartResponse
from weather.web.rate_limit import RateLimit

# Health probes: neither counted nor refused.
PROBES = frozenset({"/healthz", "/readyz"})


class ClientMiddleware:
    """Sets the client's address, scheme and path, and applies the rate limit; `refuse` renders
    the 429 in the form that was requested."""

    def __init__(
        self,
        app: Application,
        refuse: Application,
        proxies: TrustedProxies,
        rate_limit: RateLimit,
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._proxies = proxies
        self._rate_limit = rate_limit

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        environ["PATH_INFO"] = paths.of_request(environ)
        peer = environ.get("REMOTE_ADDR")
        visitor = client_address(peer, environ.get("HTTP_X_FORWARDED_FOR"), self._proxies)
        if forwarded_proto := environ.get("HTTP_X_FORWARDED_PROTO"):
            scheme = client_scheme(peer, forwarded_proto, self._proxies)
            environ["wsgi.url_scheme"] = scheme or environ["wsgi.url_scheme"]
        probe = environ["PATH_INFO"] in PROBES
        allowance = None if probe else self._rate_limit.take(visitor, comparison.requests(environ))
        environ[keys.VISITOR], environ[keys.ALLOWANCE] = visitor, allowance
        if allowance is None:
            return self._app(environ, start_response)
        added = allowance.headers()
        app = self._refuse if allowance.exceeded else self._app
        return app(
            environ,
            lambda status, headers, *error: start_response(status, [*headers, *added], *error),
        )
