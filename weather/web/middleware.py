"""Who asks and how often: found out once, in front of all else (WSGI, PEP 3333)."""

from __future__ import annotations

from collections.abc import Iterable

from weather.web.client_address import TrustedProxies, client_address
from weather.web.environ import ALLOWANCE, VISITOR
from weather.web.microcache import Application, Environ, StartResponse
from weather.web.rate_limit import RateLimit

# They ask whether we live, and are always let in.
PROBES = frozenset({"/healthz", "/readyz"})


class Admission:
    """Tells those behind it who asks and what is left to them, and the client the latter. Who
    has asked too often is `refuse`d: by an application too, as it knows in which form."""

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
        forwarded_for = environ.get("HTTP_X_FORWARDED_FOR")
        visitor = client_address(environ.get("REMOTE_ADDR"), forwarded_for, self._proxies)
        probes = environ.get("PATH_INFO") in PROBES
        allowance = None if probes else self._rate_limit.take(visitor)
        environ[VISITOR], environ[ALLOWANCE] = visitor, allowance
        if allowance is None:
            return self._app(environ, start_response)
        told = allowance.headers()
        answer = self._refuse if allowance.exceeded else self._app
        return answer(
            environ,
            lambda status, headers, *error: start_response(status, [*headers, *told], *error),
        )
