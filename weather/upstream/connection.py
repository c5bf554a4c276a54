"""A requests session whose calls another thread can abort.

The timeouts of requests apply to each read, so headers that arrive byte by byte keep a thread for
ever. The thread that waits for a call shuts its socket down at the deadline instead.

urllib3 offers no hook for this, so parts of it are overridden; tests/upstream/test_libraries.py
holds them against each new release.
"""

from __future__ import annotations

import socket
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from weather.core.threads import CALLS
from weather.upstream.abortable import NotConnected, current_call


class _AttachedToCall:
    """For both connection classes of urllib3. It has a duplicate of the socket, because a TLS
    handshake takes the socket object itself away."""

    _duplicate: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        call = current_call()
        if call and not call.may_connect:
            raise NotConnected
        connected: socket.socket = super()._new_conn()  # type: ignore[misc]
        self._duplicate = connected.dup()
        if call:
            try:
                call.attach(self._duplicate)
            except TimeoutError:
                connected.close()
                raise
        return connected

    def request(self, *args: Any, **options: Any) -> None:
        if call := current_call():
            call.attach(self._duplicate)  # for a connection that is used again
        super().request(*args, **options)  # type: ignore[misc]

    def leave_call(self) -> None:
        """Before other threads may have the connection: no longer is it this call's to abort."""
        if call := current_call():
            call.detach(self._duplicate)

    def close(self) -> None:
        duplicate, self._duplicate = self._duplicate, None
        if duplicate is not None:
            call = current_call()
            if not (call and call.keep(duplicate)):
                duplicate.close()
        super().close()  # type: ignore[misc]


class _Connection(_AttachedToCall, HTTPConnection):
    pass


class _SecureConnection(_AttachedToCall, HTTPSConnection):
    pass


class _LeftByCalls:
    """For both classes of pools."""

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.leave_call()
        super()._put_conn(conn)  # type: ignore[misc]


class _Pool(_LeftByCalls, HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(_LeftByCalls, HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_MOST_ADDRESSES = 64  # without their parameters; a provider has one to some
_POOLS: dict[str, Any] = {"http": _Pool, "https": _SecurePool}


class _Adapter(HTTPAdapter):
    """Of calls with one proxy and one way to verify certificates: requests looks at all that may
    differ at each call, and for the file of certificates."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS
        self._pools: dict[str, HTTPConnectionPool] = {}

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, verify: Any, proxies: Any = None, cert: Any = None
    ) -> HTTPConnectionPool:
        """The pool of an address, to whose connections the certificates are made known."""
        address = (request.url or "").partition("?")[0]
        pool = self._pools.get(address)
        if pool is None:
            pool = cast(
                "HTTPConnectionPool",
                super().get_connection_with_tls_context(request, verify, proxies, cert),
            )
            super().cert_verify(pool, request.url, verify, cert)  # type: ignore[no-untyped-call]
            if len(self._pools) >= _MOST_ADDRESSES:
                self._pools.clear()
            self._pools[address] = pool
        return pool

    def cert_verify(self, *args: Any) -> None:
        """Nothing: that is done for each pool, once."""

    def request_url(self, request: requests.PreparedRequest, proxies: Any) -> str:
        url = request.path_url
        return super().request_url(request, proxies) if proxies or url.startswith("//") else url

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """The status, the headers and the stream: cookies, whose search takes longer than the rest,
        and the encoding of texts are none of ours."""
        response = requests.Response()
        response.status_code, response.reason = resp.status, resp.reason
        response.headers = CaseInsensitiveDict(resp.headers)
        response.raw, response.request, response.url = resp, req, req.url or ""
        return response

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: to find the target of a redirect requests would read the whole body, however
        long, and fail at an invalid address."""


def session(user_agent: str) -> requests.Session:
    """A session whose connections belong to the `AbortableCall` of the thread that uses them."""
    session = _Session()
    session.trust_env = False
    session.headers["User-Agent"] = user_agent
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(pool_maxsize=CALLS))
    return session
