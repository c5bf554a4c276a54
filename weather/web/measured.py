"""Middleware that counts responses and serves the counts (WSGI, PEP 3333)."""

from __future__ import annotations

import hmac
import re
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from flask import Response, g, request

from weather.core.dataclass import dataclass
from weather.metrics import metrics as text_format
from weather.metrics.metrics import Metrics
from weather.web.cached_response import Served
from weather.web.endpoint import endpoint_of
from weather.web.environ import ARRIVED, METRICS_LISTENER, REUSE, SERVED
from weather.web.lazy_response import LazyResponse
from weather.web.microcache import Application, Environ, StartResponse

PATH = "/metrics"
_UNKNOWN = Served("none", "none", "none", None)  # of responses that are made before the application
_OUTCOME = re.compile(r"(?:fwd|detail)=([a-z-]+)")  # in Cache-Status


@dataclass(frozen=True, slots=True)
class MetricsAccess:
    """Who may read the metrics: clients with the `token` in their Authorization, if it is not
    empty, and those of the listener that serves nothing else."""

    token: str = ""

    def allows(self, environ: Environ) -> bool:
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        return hmac.compare_digest(given, f"Bearer {self.token}".encode())


class Measured:
    """Counts the responses of `app`, and serves the metrics."""

    def __init__(
        self,
        app: Application,
        metrics: Metrics,
        access: MetricsAccess,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._access = access
        self._now = now
        self._clock = clock

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if METRICS_LISTENER in environ or (self._access.token and environ.get("PATH_INFO") == PATH):
            return LazyResponse(partial(self._metrics_response, environ, start_response))
        begun = environ.get(ARRIVED) or self._clock()
        return self._app(environ, partial(self._start, environ, begun, start_response))

    def _start(
        self,
        environ: Environ,
        begun: float,
        start_response: StartResponse,
        status: str,
        headers: list[tuple[str, str]],
        *error: Any,
    ) -> Any:
        served: Served = environ.get(SERVED, _UNKNOWN)
        age = None
        if served.fetched_at is not None:
            age = max((self._now() - served.fetched_at).total_seconds(), 0.0)
        labels = served.route, status[:3], served.representation, served.cache
        self._metrics.response(labels, self._clock() - begun, age)
        return start_response(status, headers, *error)

    def _metrics_response(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        headers = [("Cache-Control", "no-store"), ("Content-Type", text_format.CONTENT_TYPE)]
        if METRICS_LISTENER in environ:
            status = "200 OK" if environ.get("PATH_INFO") == PATH else "404 Not Found"
        elif self._access.allows(environ):
            status = "200 OK"
        else:
            status = "401 Unauthorized"
            headers.append(("WWW-Authenticate", 'Bearer realm="metrics"'))
        text = self._metrics.text() if status.startswith("200") else f"{status}\n"
        content = text.encode()
        start_response(status, [*headers, ("Content-Length", str(len(content)))])
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [content]


def describe(response: Response) -> Response:
    """Says what the response is, for its count."""
    reuse = request.environ.get(REUSE)
    request.environ[SERVED] = Served(
        request.endpoint or "none",
        _representation(response),
        _outcome(response.headers.get("Cache-Status", "")),
        reuse.fetched_at if reuse else None,
    )
    return response


def _representation(response: Response) -> str:
    """The view of a response with weather, or of a route with one view; else its media type."""
    endpoint, options = endpoint_of(request), g.get("options")
    if options and (endpoint.view or endpoint.reads_place):
        return str(options.view.name)
    return (response.mimetype or "none").rpartition("/")[2]


def _outcome(cache_status: str) -> str:
    if not cache_status:
        return "none"
    match = _OUTCOME.search(cache_status)
    return match[1] if match else "hit"
