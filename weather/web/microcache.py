"""A cache of responses in front of the application (WSGI, PEP 3333).

A response is kept for as long as it is true: until the next minute if it shows a time, else until
the forecast that it shows expires or changes; two seconds where its route does not say. The age of
the forecast is filled in when it is sent.
The application says of each response what of the visitor it depends on; most depend on the country
at most, so that visitors share them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from werkzeug.http import parse_etags

from weather.core.dataclass import dataclass
from weather.core.errors import WouldWait
from weather.core.lru import LRU
from weather.web.body_cache import BodyCache
from weather.web.cached_response import CachedResponse, Headers, Served
from weather.web.environ import REUSE, SERVED, UNTIL, VARY_ON
from weather.web.lazy_response import LazyResponse
from weather.web.request_key import RequestKey, request_key
from weather.web.shared_responses import SharedResponses
from weather.web.vary_on import VaryOn

_SHORT = timedelta(seconds=2)
_STATUS = "weather-microcache; hit"
_OVERHEAD = 3000  # bytes of a response without its body: headers, key and objects
_LONGEST_VALIDATOR = 500  # characters of If-None-Match in which a 304 is looked for

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Key = tuple[RequestKey, Hashable]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class VisitorKey(Protocol):
    """The visitor-dependent part of a cache key. Raises `WouldWait` if the store must be read for
    it, and the caller does not `wait`."""

    def __call__(self, environ: Environ, vary_on: VaryOn, *, wait: bool) -> Hashable: ...


@dataclass(frozen=True, slots=True)
class Reuse:
    """The key of a response's body, until when it is true (None: at most two seconds), when what it
    shows was fetched, from which its Age is counted in full minutes, the age that it tells in its
    body, which is brought up to date with that, and with which bodies it has most in common."""

    body: str
    until: datetime | None
    fetched_at: datetime
    age: int | None = None  # seconds
    group: str = ""  # of bodies that are alike


class Microcache:
    """The content of responses is that of `bodies`, and all else takes at most `capacity` bytes.
    Responses that are true for longer than a moment are `shared` with the other processes.

    A response that is in memory is returned as a list; for any other the application is called when
    it is iterated."""

    def __init__(
        self,
        app: Application,
        now: Callable[[], datetime],
        visitor_key: VisitorKey,
        bodies: BodyCache,
        capacity: int,
        *,
        shared: SharedResponses | None = None,
    ) -> None:
        self._app = app
        self._now = now
        self._visitor_key = visitor_key
        self._bodies = bodies
        self._shared = shared
        # What the response to a request depends on; by that and the visitor's key, the response.
        self._vary_on: LRU[RequestKey, VaryOn] = LRU(capacity // 4)
        room = capacity - capacity // 4
        self._responses: LRU[Hashable, CachedResponse] = LRU(room, room // 4)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        request = request_key(environ)
        if request is None:
            return LazyResponse(partial(self._app, environ, start_response))
        try:
            chunks = self._from_memory(request, environ, start_response, wait=False)
        except WouldWait:
            chunks = None
        return chunks or LazyResponse(partial(self._respond, request, environ, start_response))

    def _respond(
        self, request: RequestKey, environ: Environ, start_response: StartResponse
    ) -> list[bytes]:
        """Looks again: there may be a response since, or the visitor's key is in the store."""
        chunks = self._from_memory(request, environ, start_response, wait=True)
        return chunks or self._call(request, environ, start_response)

    def _from_memory(
        self, request: RequestKey, environ: Environ, start_response: StartResponse, *, wait: bool
    ) -> list[bytes] | None:
        now = self._now()
        visitor_key = partial(self._visitor_key, environ, wait=wait)
        response = self._cached(request, environ, now, visitor_key)
        content = response.content_at(now, self._bodies) if response else None
        if response is None or content is None:
            return None
        if response.served:
            environ[SERVED] = response.served
        start_response(response.status, response.headers_at(now))
        return [content]

    def _cached(
        self,
        request: RequestKey,
        environ: Environ,
        now: datetime,
        visitor_key: Callable[[VaryOn], Hashable],
    ) -> CachedResponse | None:
        vary_on = self._vary_on.get(request)
        response = None
        if_none_match = environ.get("HTTP_IF_NONE_MATCH")
        if vary_on is not None:
            key = request, visitor_key(vary_on)
            if if_none_match and (unmodified := self._unmodified(key, if_none_match, now)):
                return unmodified
            response = self._responses.get((*key, ""))
        if response is None or not response.is_true(now):
            response = self._load(request, now, visitor_key)
        if response is None:
            return None
        return None if if_none_match and response.is_match(if_none_match) else response

    def _load(
        self, request: RequestKey, now: datetime, visitor_key: Callable[[VaryOn], Hashable]
    ) -> CachedResponse | None:
        """The response that another process, or this one, has shared."""
        if self._shared is None:
            return None
        shared = self._shared.find(request, visitor_key)
        if shared is None:
            return None
        vary_on, visitor, response = shared
        if not response.is_true(now):
            return None
        self._put(request, vary_on, visitor, response)
        return response

    def _unmodified(self, key: Key, if_none_match: str, now: datetime) -> CachedResponse | None:
        """The 304 for one of the client's validators."""
        tags = parse_etags(if_none_match[:_LONGEST_VALIDATOR]).as_set(include_weak=True)
        responses = (self._responses.get((*key, tag)) for tag in tags)
        return next(
            (response for response in responses if response and response.is_true(now)), None
        )

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

    def _store(self, request: RequestKey, environ: Environ, response: CachedResponse) -> None:
        vary_on = environ.get(VARY_ON, VaryOn.LOCATION)
        visitor = self._visitor_key(environ, vary_on, wait=True)
        self._put(request, vary_on, visitor, response)
        lasts = response.until - response.made_at > _SHORT
        if not self._shared or not lasts:
            return
        reuse: Reuse | None = environ.get(REUSE)
        if body := self._bodies.packed(response.body, reuse.group if reuse else ""):
            self._shared.put(request, vary_on, visitor, response=response, body=body)

    def _put(
        self, request: RequestKey, vary_on: VaryOn, visitor: Hashable, response: CachedResponse
    ) -> None:
        """Keeps a response in this process."""
        self._vary_on.put(request, vary_on, _OVERHEAD // 4)
        key = request, visitor, response.validated
        self._responses.put(key, response, _OVERHEAD + len(response.content))


def _response(
    environ: Environ, now: datetime, status: str, headers: Headers, content: bytes
) -> CachedResponse:
    reuse: Reuse | None = environ.get(REUSE)
    until = (reuse.until if reuse else None) or now + _SHORT
    ends_at: datetime | None = environ.get(UNTIL)
    served: Served | None = environ.get(SERVED)
    is_body = bool(content) and reuse is not None
    return CachedResponse(
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
        length_without_age=_length(headers, reuse.age) if reuse and reuse.age is not None else None,
    )


def _length(headers: Headers, age: int) -> int | None:
    """The length of a content without the digits of its age; None for a 304."""
    length = next((value for name, value in headers if name == "Content-Length"), None)
    return None if length is None else int(length) - len(str(age))
