"""The same request within two seconds gets the same answer, before the framework is asked.

It stands in front of the application (WSGI, PEP 3333), so a place that many ask for, or one
that a script asks for in a loop, costs no more than the framework's own dispatch. What an answer
depends on of the visitor, the application tells as it answers: most depend on the country at
most, so that its visitors share them.
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
_MOST = 256  # answers; one takes some 5 to 50 kB
_LONGEST_KEY = 4000  # characters; nobody fills our memory with long headers
_METHODS = frozenset({"GET", "HEAD"})
# All that an answer depends on besides: add here what a route begins to look at.
_KEY = (
    *("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "wsgi.url_scheme", "HTTP_HOST"),
    *("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT"),
    *("HTTP_IF_NONE_MATCH", "HTTP_COOKIE"),
)

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class VaryOn(Enum):
    NOBODY = "the same for all"
    COUNTRY = "on the visitor's country, by its units"
    PLACE = "on where the visitor is"


@dataclass(frozen=True, slots=True)
class _Answer:
    until: datetime
    depends: VaryOn
    status: str
    headers: Headers
    body: bytes


class Microcache:
    """`share(environ, depends)` is what a visitor has in common with all whose answers are the
    same, where they depend on that much."""

    def __init__(
        self,
        app: Application,
        now: Callable[[], datetime],
        share: Callable[[Environ, VaryOn], Hashable],
    ) -> None:
        self._app = app
        self._now = now
        self._share = share
        # By request, what its answers depend on; by that and the visitor's share, the answer.
        self._depends: OrderedDict[tuple[str, ...], VaryOn] = OrderedDict()
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._guard = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        request = tuple([environ.get(name, "") for name in _KEY])
        answer = self._known(request, environ)
        if answer is None:
            answer = self._ask(environ)
            if _may_be_kept(request, answer):
                self._keep(request, environ, answer)
        start_response(answer.status, answer.headers)
        return [answer.body]

    def _known(self, request: tuple[str, ...], environ: Environ) -> _Answer | None:
        depends = self._depends.get(request)
        if depends is None:
            return None
        answer = self._answers.get((request, self._share(environ, depends)))
        if answer is None:
            return None
        # More time than there ever was is left only if somebody has set the clock back.
        return answer if timedelta() < answer.until - self._now() <= _LIFETIME else None

    def _ask(self, environ: Environ) -> _Answer:
        told: list[tuple[str, Headers]] = []
        chunks = self._app(environ, lambda status, headers, *_: told.append((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        status, headers = told[-1]
        depends = environ.get(VARY_ON, VaryOn.PLACE)
        return _Answer(self._now() + _LIFETIME, depends, status, headers, body)

    def _keep(self, request: tuple[str, ...], environ: Environ, answer: _Answer) -> None:
        told = [
            ("Cache-Status", _STATUS) if name == "Cache-Status" else (name, value)
            for name, value in answer.headers
        ]
        key = request, self._share(environ, answer.depends)
        with self._guard:
            _remember(self._depends, request, answer.depends)
            _remember(self._answers, key, replace(answer, headers=told))


def _remember(kept: OrderedDict[Any, Any], key: Hashable, value: object) -> None:
    """The oldest go first."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _MOST:
        kept.popitem(last=False)


def _may_be_kept(request: tuple[str, ...], answer: _Answer) -> bool:
    if request[0] not in _METHODS or answer.status[:3] not in {"200", "304"}:
        return False
    length = sum(map(len, request))
    return ("Cache-Control", "no-store") not in answer.headers and length <= _LONGEST_KEY
