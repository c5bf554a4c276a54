"""The same request within two seconds gets the same answer, before the framework is asked.

It stands in front of the application (WSGI, PEP 3333), so a place that many ask for, or one
that a script asks for in a loop, costs less than the framework's own dispatch.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

_LIFETIME = timedelta(seconds=2)
_STATUS = "weather-microcache; hit"
_MOST = 256  # answers; one takes some 5 to 50 kB
_LONGEST_KEY = 4000  # characters; nobody fills our memory with long headers
_METHODS = frozenset({"GET", "HEAD"})
# All that an answer depends on: add here what a route begins to look at.
_KEY = (
    *("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "wsgi.url_scheme", "HTTP_HOST"),
    *("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT"),
    *("HTTP_IF_NONE_MATCH", "HTTP_COOKIE", "REMOTE_ADDR", "HTTP_X_FORWARDED_FOR"),
)

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class _Answer:
    until: datetime
    status: str
    headers: Headers
    body: bytes


class Microcache:
    def __init__(self, app: Application, now: Callable[[], datetime]) -> None:
        self._app = app
        self._now = now
        self._answers: OrderedDict[tuple[str, ...], _Answer] = OrderedDict()
        self._guard = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = tuple([environ.get(name, "") for name in _KEY])
        answer = self._answers.get(key)
        if answer is None or answer.until <= self._now():
            answer = self._ask(environ)
            if _may_be_kept(key, answer):
                self._keep(key, answer)
        start_response(answer.status, answer.headers)
        return [answer.body]

    def _ask(self, environ: Environ) -> _Answer:
        told: list[tuple[str, Headers]] = []
        chunks = self._app(environ, lambda status, headers, *_: told.append((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        status, headers = told[-1]
        return _Answer(self._now() + _LIFETIME, status, headers, body)

    def _keep(self, key: tuple[str, ...], answer: _Answer) -> None:
        told = [
            ("Cache-Status", _STATUS) if name == "Cache-Status" else (name, value)
            for name, value in answer.headers
        ]
        answer = replace(answer, headers=told)
        with self._guard:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)


def _may_be_kept(key: tuple[str, ...], answer: _Answer) -> bool:
    if key[0] not in _METHODS or answer.status[:3] not in {"200", "304"}:
        return False
    return ("Cache-Control", "no-store") not in answer.headers and sum(
        map(len, key)
    ) <= _LONGEST_KEY
