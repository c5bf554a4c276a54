"""A cache of two seconds in front of the application (WSGI, PEP 3333).

Requests for a popular place, or of a script in a loop, cost no more than the framework's own
dispatch. The application says of each response what of the visitor it depends on; most depend on
the country at most, so that visitors share them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from weather.web.environ import VARY_ON

_LIFETIME = timedelta(seconds=2)
_STATUS = "weather-microcache; hit"
_CAPACITY = 256  # responses, of some 5 to 50 kB
_LONGEST_KEY = 4000  # characters; long headers must not fill the memory
_METHODS = frozenset({"GET", "HEAD"})
# Everything that a response depends on besides: a route that reads another header adds it here.
_KEY = (
    *("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "wsgi.url_scheme"),
    *("SERVER_PROTOCOL", "HTTP_HOST", "SCRIPT_NAME", "HTTP_ORIGIN"),
    *("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT"),
    *("HTTP_IF_NONE_MATCH", "HTTP_COOKIE"),
)

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Request = tuple[str, ...]


class VaryOn(Enum):
    """What of the visitor a response depends on."""

    ANYONE = "nothing"
    COUNTRY = "the country, which decides the units"
    LOCATION = "where the visitor is"


@dataclass(frozen=True, slots=True)
class _Response:
    until: datetime
    vary_on: VaryOn
    status: str
    headers: Headers
    body: bytes


class Microcache:
    """`visitor_key(environ, vary_on)` is the visitor-dependent part of the cache key."""

    def __init__(
        self,
        app: Application,
        now: Callable[[], datetime],
        visitor_key: Callable[[Environ, VaryOn], Hashable],
    ) -> None:
        self._app = app
        self._now = now
        self._visitor_key = visitor_key
        # What the response to a request depends on; by that and the visitor's key, the response.
        self._vary_on: OrderedDict[Request, VaryOn] = OrderedDict()
        self._responses: OrderedDict[Hashable, _Response] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        request = tuple([environ.get(name, "") for name in _KEY])
        response = self._cached(request, environ)
        if response is None:
            response = self._call(environ)
            if _is_cacheable(request, response):
                self._store(request, environ, response)
        start_response(response.status, response.headers)
        return [response.body]

    def _cached(self, request: Request, environ: Environ) -> _Response | None:
        vary_on = self._vary_on.get(request)
        if vary_on is None:
            return None
        response = self._responses.get((request, self._visitor_key(environ, vary_on)))
        if response is None:
            return None
        # A longer lifetime is left only after the clock was set back.
        return response if timedelta() < response.until - self._now() <= _LIFETIME else None

    def _call(self, environ: Environ) -> _Response:
        started: list[tuple[str, Headers]] = []
        chunks = self._app(environ, lambda status, headers, *_: started.append((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        status, headers = started[-1]
        vary_on = environ.get(VARY_ON, VaryOn.LOCATION)
        return _Response(self._now() + _LIFETIME, vary_on, status, headers, body)

    def _store(self, request: Request, environ: Environ, response: _Response) -> None:
        headers = [
            ("Cache-Status", _STATUS) if name == "Cache-Status" else (name, value)
            for name, value in response.headers
        ]
        key = request, self._visitor_key(environ, response.vary_on)
        with self._lock:
            _put(self._vary_on, request, response.vary_on)
            _put(self._responses, key, replace(response, headers=headers))


def _put(cache: OrderedDict[Any, Any], key: Hashable, value: object) -> None:
    """Evicts the oldest entries."""
    cache[key] = value
    cache.move_to_end(key)
    while len(cache) > _CAPACITY:
        cache.popitem(last=False)


def _is_cacheable(request: Request, response: _Response) -> bool:
    if request[0] not in _METHODS or response.status[:3] not in {"200", "304"}:
        return False
    length = sum(map(len, request))
    return ("Cache-Control", "no-store") not in response.headers and length <= _LONGEST_KEY
