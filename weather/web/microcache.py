"""A cache of responses in front of the application (WSGI, PEP 3333).

A response is kept for as long as it is true: until the next minute if it shows a time or an age,
else until the forecast that it shows expires or changes; two seconds where its route does not say.
The application says of each response what of the visitor it depends on; most depend on the country
at most, so that visitors share them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from werkzeug.http import parse_etags

from weather.web import cycle
from weather.web.body import BodyCache
from weather.web.byte_lru import ByteLRU
from weather.web.environ import REUSE, SERVED, UNTIL, VARY_ON
from weather.web.request_key import RequestKey, request_key

_SHORT = timedelta(seconds=2)
_MINUTE = timedelta(minutes=1)
_STATUS = "weather-microcache; hit"
_OVERHEAD = 3000  # bytes of a response without its body: headers, key and objects
_LONGEST_VALIDATOR = 500  # characters of If-None-Match in which a 304 is looked for

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Key = tuple[RequestKey, Hashable]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class VaryOn(Enum):
    """What of the visitor a response depends on."""

    ANYONE = "nothing"
    COUNTRY = "the country, which decides the units"
    LOCATION = "where the visitor is"


@dataclass(frozen=True, slots=True)
class Reuse:
    """The key of a response's body, until when it is true (None: at most two seconds), and when
    what it shows was fetched, from which its Age is counted in full minutes."""

    body: str
    until: datetime | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Served:
    """What a response is, in the words of the metrics: its route, its representation, where its
    forecast comes from, and when that was fetched."""

    route: str
    representation: str
    cache: str
    fetched_at: datetime | None


@dataclass(slots=True)
class _Response:
    made_at: datetime
    until: datetime
    status: str
    headers: Headers
    content: bytes  # unless it is that of a body
    body: str  # its key among the bodies that are kept; may be empty
    fetched_at: datetime | None
    ends_at: datetime | None = None  # when the request means another place
    compressed: bool = False
    # The headers with the Age of a minute, from its begin to its end.
    aged: tuple[Headers, datetime, datetime] | None = None
    served: Served | None = None

    def is_true(self, now: datetime) -> bool:
        """False also after the clock was set back."""
        return self.made_at <= now < self.until

    @property
    def validated(self) -> str:
        """The validator that a 304 confirms; empty for other responses."""
        return _tag(self.etag) if self.status.startswith("304") else ""

    @property
    def etag(self) -> str:
        return next((value for name, value in self.headers if name == "ETag"), "")

    def is_match(self, if_none_match: str) -> bool:
        """Whether the client has this response."""
        return bool(self.etag) and parse_etags(if_none_match).contains_weak(_tag(self.etag))

    def headers_at(self, now: datetime) -> Headers:
        if self.ends_at:
            return cycle.limited(self.headers, self.ends_at, now)
        if self.fetched_at is None:
            return self.headers
        if (aged := self.aged) and aged[1] <= now < aged[2]:
            return aged[0]
        minute = now.replace(second=0, microsecond=0)
        headers = self.headers
        if minute > self.made_at:
            age = str(max(int((minute - self.fetched_at).total_seconds()), 0))
            headers = [(name, age if name == "Age" else value) for name, value in headers]
        self.aged = headers, minute, minute + _MINUTE
        return headers

    def content_of(self, bodies: BodyCache) -> bytes | None:
        """The content as it is sent; None if its body is kept no longer."""
        if not self.body:
            return self.content
        return bodies.content(self.body, compressed=self.compressed)


class Microcache:
    """`visitor_key(environ, vary_on)` is the visitor-dependent part of the cache key; the
    content of responses is that of `bodies`, and all else takes at most `capacity` bytes."""

    def __init__(
        self,
        app: Application,
        now: Callable[[], datetime],
        visitor_key: Callable[[Environ, VaryOn], Hashable],
        bodies: BodyCache,
        capacity: int,
    ) -> None:
        self._app = app
        self._now = now
        self._visitor_key = visitor_key
        self._bodies = bodies
        # What the response to a request depends on; by that and the visitor's key, the response.
        self._vary_on: ByteLRU[RequestKey, VaryOn] = ByteLRU(capacity // 4)
        self._responses: ByteLRU[Hashable, _Response] = ByteLRU(capacity - capacity // 4)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        request = request_key(environ)
        if request is None:
            return self._app(environ, start_response)
        now = self._now()
        response = self._cached(request, environ, now)
        content = response.content_of(self._bodies) if response else None
        if response is None or content is None:
            return self._call(request, environ, start_response)
        if response.served:
            environ[SERVED] = response.served
        start_response(response.status, response.headers_at(now))
        return [content]

    def _cached(self, request: RequestKey, environ: Environ, now: datetime) -> _Response | None:
        vary_on = self._vary_on.get(request)
        if vary_on is None:
            return None
        key = request, self._visitor_key(environ, vary_on)
        if_none_match = environ.get("HTTP_IF_NONE_MATCH")
        if if_none_match and (unmodified := self._unmodified(key, if_none_match, now)):
            return unmodified
        response = self._responses.get((*key, ""))
        if response is None or not response.is_true(now):
            return None
        return None if if_none_match and response.is_match(if_none_match) else response

    def _unmodified(self, key: Key, if_none_match: str, now: datetime) -> _Response | None:
        """The 304 for one of the client's validators."""
        tags = parse_etags(if_none_match[:_LONGEST_VALIDATOR]).as_set(include_weak=True)
        responses = (self._responses.get((*key, tag)) for tag in tags)
        return next((found for found in responses if found and found.is_true(now)), None)

    def _call(
        self, request: RequestKey, environ: Environ, start_response: StartResponse
    ) -> list[bytes]:
        started: list[tuple[str, Headers]] = []
        now = self._now()
        chunks = self._app(environ, lambda status, headers, *_: started.append((status, headers)))
        try:
            content = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        status, headers = started[-1]
        if status[:3] in {"200", "304"} and ("Cache-Control", "no-store") not in headers:
            self._store(request, environ, _response(environ, now, status, headers, content))
        start_response(status, headers)
        return [content]

    def _store(self, request: RequestKey, environ: Environ, response: _Response) -> None:
        vary_on = environ.get(VARY_ON, VaryOn.LOCATION)
        key = request, self._visitor_key(environ, vary_on), response.validated
        self._vary_on.put(request, vary_on, _OVERHEAD // 4)
        self._responses.put(key, response, _OVERHEAD + len(response.content))


def _response(
    environ: Environ, now: datetime, status: str, headers: Headers, content: bytes
) -> _Response:
    reuse: Reuse | None = environ.get(REUSE)
    until = (reuse.until if reuse else None) or now + _SHORT
    ends_at: datetime | None = environ.get(UNTIL)
    served: Served | None = environ.get(SERVED)
    is_body = bool(content) and reuse is not None
    return _Response(
        made_at=now,
        until=min(until, ends_at) if ends_at else until,
        status=status,
        headers=[
            ("Cache-Status", _STATUS) if name == "Cache-Status" else (name, value)
            for name, value in headers
        ],
        content=b"" if is_body else content,
        body=reuse.body if reuse and is_body else "",
        fetched_at=reuse.fetched_at if reuse else None,
        ends_at=ends_at,
        compressed=("Content-Encoding", "gzip") in headers,
        served=replace(served, cache="response") if served else None,
    )


def _tag(etag: str) -> str:
    return etag.removeprefix("W/").strip('"')
