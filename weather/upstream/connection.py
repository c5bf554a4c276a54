"""Connections of requests that another thread can end.

A timeout of requests is one for each read, so that headers that drip in keep a thread for ever.
Whoever waits for the thread ends its connection at the deadline instead.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_calls = threading.local()  # .now: the call that this thread makes


class AbortableCall:
    """What a thread is doing outside, for others to end."""

    def __init__(self) -> None:
        self.ended = False
        self._line: socket.socket | None = None
        self._guard = threading.Lock()

    def __enter__(self) -> AbortableCall:
        _calls.now = self
        return self

    def __exit__(self, *error: object) -> None:
        _calls.now = None
        with self._guard:
            self._line = None

    def use(self, line: socket.socket | None) -> None:
        """It goes over this connection. Raises `TimeoutError` if it was ended meanwhile."""
        with self._guard:
            self._line = line
            if self.ended:
                raise TimeoutError("ended by who waited for it")

    def forget(self, line: socket.socket) -> None:
        with self._guard:
            if self._line is line:
                self._line = None

    def end(self) -> None:
        with self._guard:
            self.ended = True
            if self._line is not None:
                with contextlib.suppress(OSError):
                    self._line.shutdown(socket.SHUT_RDWR)


class _Endable:
    """For both kinds of connection of urllib3. A duplicate of the socket is kept, because a
    TLS handshake takes the socket itself away."""

    _line: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        self._line = made.dup()
        if call := _call():
            try:
                call.use(self._line)
            except TimeoutError:
                made.close()
                raise
        return made

    def request(self, *args: Any, **options: Any) -> None:
        if call := _call():
            call.use(self._line)  # one that was kept alive
        super().request(*args, **options)  # type: ignore[misc]

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            if call := _call():
                call.forget(line)
            line.close()
        super().close()  # type: ignore[misc]


def _call() -> AbortableCall | None:
    return getattr(_calls, "now", None)


class _Connection(_Endable, HTTPConnection):
    pass


class _SecureConnection(_Endable, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager


_POOLS: dict[str, Any] = {"http": _Pool, "https": _SecurePool}


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None is looked at: to tell where one leads to requests would read the whole body,
        however long it is, and fail at an address that is none."""


def session(user_agent: str) -> requests.Session:
    """A session whose connections belong to the `Call` of the thread that uses them."""
    made = _Session()
    made.trust_env = False
    made.headers["User-Agent"] = user_agent
    for scheme in ("http://", "https://"):
        made.mount(scheme, _Adapter())
    return made
