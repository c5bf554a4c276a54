"""WSGI middleware (PEP 3333) in front of the cache and the application: the client's address,
its rate limit, the scheme that it used, and the path in its one form."""

from __future__ import annotations

from collections.abc import Iterable

from weather.web import comparison, paths
from weather.web import environ as keys
from weather.web.client_address import TrustedProxies
from weather.web.forwarded import forwarded_client
from weather.web.microcache import Application, Environ, StartResponse
from weather.web.rate_limit import RateLimit

# Health probes: neither counted nor refused.
PROBES = frozenset({"/healthz", "/readyz"})


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
        environ["PATH_INFO"] = paths.of_request(environ)
        client = forwarded_client(environ, self._proxies)
        visitor = client.address
        if client.scheme:
            environ["wsgi.url_scheme"] = client.scheme
        if client.host:
            environ["HTTP_HOST"] = client.host
        if prefix := self._prefix or client.prefix:
            environ["SCRIPT_NAME"] = prefix
            environ["PATH_INFO"] = paths.below(prefix, environ["PATH_INFO"])
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
