"""What weather/upstream overrides in urllib3 and requests, or calls beyond their documentation.

A failure here means that a new release has changed it: compare the release with
weather/upstream/connection.py and exchange.py before anything else.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import BaseHTTPResponse, HTTPResponse

from simulator import Upstreams, faults
from weather.core.threads import CALLS
from weather.upstream import connection
from weather.upstream.abortable import AbortableCall, NotConnected

PATH = "/v1/forecast?latitude=47.4&longitude=8.5&hourly=temperature_2m"
RELEASE = " and ".join(f"{name} {version(name)}" for name in ("urllib3", "requests"))


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with connection.session("tests") as session:
        yield session


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (HTTPConnection._new_conn, ["self"]),
        (HTTPSConnection._new_conn, ["self"]),
        (HTTPConnection.close, ["self"]),
        (HTTPConnection.request, ["self", "method", "url", "body", "headers"]),
        (HTTPConnectionPool._put_conn, ["self", "conn"]),
        (HTTPSConnectionPool._put_conn, ["self", "conn"]),
        (HTTPAdapter.init_poolmanager, ["self", "connections", "maxsize", "block"]),
        (HTTPAdapter.proxy_manager_for, ["self", "proxy"]),
        (HTTPAdapter.build_response, ["self", "req", "resp"]),
        (
            HTTPAdapter.get_connection_with_tls_context,
            ["self", "request", "verify", "proxies", "cert"],
        ),
        (HTTPAdapter.cert_verify, ["self", "conn", "url", "verify", "cert"]),
        (HTTPAdapter.request_url, ["self", "request", "proxies"]),
        (requests.Session.get_redirect_target, ["self", "resp"]),
        (requests.Session.mount, ["self", "prefix", "adapter"]),
        (HTTPResponse.read1, ["self", "amt", "decode_content"]),
        (BaseHTTPResponse.read1, ["self", "amt", "decode_content"]),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_the_signature_is_as_expected(function: Callable[..., Any], parameters: list[str]) -> None:
    positional = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    ]
    name = function.__qualname__
    assert positional == parameters, f"{name} has other parameters in {RELEASE}"


def test_the_attributes_exist() -> None:
    for pool in (HTTPConnectionPool, HTTPSConnectionPool):
        assert inspect.isclass(pool.ConnectionCls), f"{pool}.ConnectionCls is gone in {RELEASE}"
    known = urllib3.PoolManager().pool_classes_by_scheme
    assert known == {"http": HTTPConnectionPool, "https": HTTPSConnectionPool}, RELEASE


def test_urllib3_connects_through_new_conn(session: requests.Session, upstreams: Upstreams) -> None:
    with AbortableCall() as call:
        call.abort()
        with pytest.raises(requests.exceptions.RequestException):
            session.get(upstreams.url("open-meteo") + PATH)
    assert upstreams.calls() == [], "an aborted call has not connected"


def test_a_call_that_may_not_connect_tells_so_through_urllib3_and_requests(
    session: requests.Session, upstreams: Upstreams
) -> None:
    url = upstreams.url("open-meteo") + PATH
    for _ in range(2):  # the pool has its connection back
        with AbortableCall(may_connect=False), pytest.raises(NotConnected):
            session.get(url)
    assert upstreams.calls() == []
    with AbortableCall():
        assert session.get(url).ok
    with AbortableCall(may_connect=False):
        assert session.get(url).ok, f"an open connection is used in {RELEASE}"
    assert upstreams.connections == 1


def test_urllib3_closes_and_reuses_through_the_overridden_methods(
    session: requests.Session, upstreams: Upstreams
) -> None:
    url = upstreams.url("open-meteo") + PATH
    with AbortableCall():
        assert session.get(url).ok
    with AbortableCall() as call:
        call.abort()
        with pytest.raises(requests.exceptions.RequestException):
            session.get(url)
    assert len(upstreams.calls()) == 1, "request() of a connection in the pool has attached it"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_requests_takes_pools_from_init_poolmanager(session: requests.Session, scheme: str) -> None:
    adapter = session.get_adapter(f"{scheme}://example.org")
    assert isinstance(adapter, HTTPAdapter)
    pool = adapter.poolmanager.connection_from_url(f"{scheme}://example.org")
    assert type(pool) is connection._POOLS[scheme], RELEASE
    assert isinstance(pool._new_conn(), connection._AttachedToCall), RELEASE
    assert pool.pool is not None
    assert pool.pool.maxsize == CALLS, "so many calls may run at once"


def test_requests_takes_pools_from_proxy_manager_for(
    session: requests.Session, upstreams: Upstreams
) -> None:
    proxies = {"http": f"http://127.0.0.1:{upstreams.port}"}
    with AbortableCall() as call:
        call.abort()
        with pytest.raises(requests.exceptions.RequestException):
            session.get("http://example.org/", proxies=proxies)
    adapter = session.get_adapter("http://example.org")
    assert isinstance(adapter, HTTPAdapter)
    assert adapter.proxy_manager, f"no proxy manager is remembered in {RELEASE}"
    for manager in adapter.proxy_manager.values():
        assert manager.pool_classes_by_scheme is connection._POOLS


def test_requests_verifies_what_the_pool_of_an_address_was_made_for(
    session: requests.Session, tmp_path: Path
) -> None:
    """Once: the next call does not look for the file."""
    adapter = session.get_adapter("https://example.org")
    assert isinstance(adapter, HTTPAdapter)
    bundle = tmp_path / "certificates"
    bundle.write_text("")
    request = requests.Request("GET", "https://example.org/path?place=1").prepare()
    other = requests.Request("GET", "https://example.org/path?place=2").prepare()
    pool = adapter.get_connection_with_tls_context(request, str(bundle))
    assert isinstance(pool, HTTPSConnectionPool)
    assert (pool.cert_reqs, pool.ca_certs) == ("CERT_REQUIRED", str(bundle)), RELEASE
    bundle.unlink()
    assert adapter.get_connection_with_tls_context(other, str(bundle)) is pool
    adapter.cert_verify(pool, other.url, str(bundle), None)  # type: ignore[no-untyped-call]
    assert pool.ca_certs == str(bundle)


def test_a_missing_file_of_certificates_is_an_error(session: requests.Session) -> None:
    adapter = session.get_adapter("https://example.org")
    assert isinstance(adapter, HTTPAdapter)
    request = requests.Request("GET", "https://example.org/path").prepare()
    for _ in range(2):
        with pytest.raises(OSError, match="invalid path"):
            adapter.get_connection_with_tls_context(request, "/no/such/file")


def test_requests_calls_get_redirect_target(
    session: requests.Session, upstreams: Upstreams
) -> None:
    """The plain session fails at this target even where redirects are not followed."""
    upstreams.fail("open-meteo", faults.redirect("http://[::1/"), faults.endless())
    url = upstreams.url("open-meteo") + PATH
    with session.get(url, allow_redirects=False, stream=True, timeout=5) as response:
        assert response.status_code == 302
        assert response.next is None, RELEASE


def test_read1_returns_what_has_arrived_and_decodes_it(
    session: requests.Session, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.bandwidth(4_000))
    url = upstreams.url("open-meteo") + PATH
    with session.get(url, stream=True, timeout=5) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        first = response.raw.read1(1 << 16, decode_content=True)
        body = bytearray(first)
        while chunk := response.raw.read1(1 << 16, decode_content=True):
            body += chunk
    assert body.startswith(b'{"latitude"'), f"read1 does not decode in {RELEASE}"
    assert len(first) < len(body), f"read1 waits for the whole body in {RELEASE}"
