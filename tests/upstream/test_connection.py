"""Calls that another thread aborts, over real sockets."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import requests
from requests.adapters import HTTPAdapter

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.conftest import until
from weather.upstream import connection
from weather.upstream.abortable import AbortableCall

PATH = "/v1/forecast?latitude=47.4&longitude=8.5&hourly=temperature_2m"
READ_TIMEOUT = 30  # seconds; an aborted call ends long before


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with connection.session("tests") as session:
        yield session


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    own, peer = socket.socketpair()
    peer.settimeout(5)
    with own, peer:
        yield own, peer


def is_open(peer: socket.socket) -> bool:
    """Whether the other end still accepts and may send."""
    peer.setblocking(False)
    try:
        return peer.recv(1) != b""
    except BlockingIOError:
        return True


def test_abort_shuts_the_attached_socket_down(pair: tuple[socket.socket, socket.socket]) -> None:
    own, peer = pair
    call = AbortableCall()
    call.attach(own)
    assert is_open(peer)
    call.abort()
    assert call.aborted
    assert not is_open(peer)


def test_an_aborted_call_gets_no_further_socket(pair: tuple[socket.socket, socket.socket]) -> None:
    call = AbortableCall()
    call.abort()
    with pytest.raises(TimeoutError):
        call.attach(pair[0])


def test_abort_leaves_a_detached_socket_open(pair: tuple[socket.socket, socket.socket]) -> None:
    own, peer = pair
    call = AbortableCall()
    call.attach(own)
    call.detach(own)
    call.abort()
    assert is_open(peer)


def test_detaching_an_earlier_socket_leaves_the_present_one_attached(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    own, peer = pair
    call = AbortableCall()
    call.attach(own)
    with socket.socket() as earlier:
        call.detach(earlier)
    call.abort()
    assert not is_open(peer)


@pytest.mark.parametrize("has_ended", [True, False])
def test_abort_after_a_response_leaves_the_pooled_socket_open(
    session: requests.Session, upstreams: Upstreams, has_ended: bool
) -> None:
    """Another call may use the connection as soon as the response has been read, before the call's
    end."""
    url = upstreams.url("open-meteo") + PATH
    with AbortableCall() as call:
        assert session.get(url).ok
        if not has_ended:
            call.abort()
    if has_ended:
        call.abort()
    with AbortableCall():
        assert session.get(url).ok
    assert upstreams.connections == 1, "both calls have used one connection"


def test_a_call_keeps_the_socket_that_it_uses_until_it_ends(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    own, peer = pair
    with AbortableCall() as call:
        call.attach(own)
        assert call.keep(own)
        assert is_open(peer)
    assert own.fileno() == -1
    assert not call.keep(own)


@pytest.mark.parametrize("aborted", [True, False])
def test_a_socket_that_is_kept_is_closed_when_the_call_uses_another_one(
    pair: tuple[socket.socket, socket.socket], aborted: bool
) -> None:
    with AbortableCall() as call, socket.socket() as later, contextlib.suppress(TimeoutError):
        call.attach(pair[0])
        call.keep(pair[0])
        if aborted:
            call.abort()
        call.attach(later)
    assert pair[0].fileno() == -1


def test_abort_tolerates_a_socket_that_is_closed(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    call = AbortableCall()
    call.attach(pair[0])
    pair[0].close()
    call.abort()
    assert call.aborted


@pytest.mark.parametrize(
    "fault",
    [faults.timeout(), faults.drip_headers(pause=0.5), faults.bandwidth(20)],
    ids=["silence", "headers", "body"],
)
def test_a_call_that_another_thread_aborts_ends_and_closes_its_socket(
    session: requests.Session, upstreams: Upstreams, fault: Fault
) -> None:
    upstreams.fail("open-meteo", fault)
    call, errors = AbortableCall(), list[Exception]()

    def run() -> None:
        try:
            with call:
                session.get(upstreams.url("open-meteo") + PATH, timeout=READ_TIMEOUT)
        except requests.RequestException as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    started = time.monotonic()
    thread.start()
    until(lambda: upstreams.calls() and call._socket)
    call.abort()
    thread.join(READ_TIMEOUT)
    assert not thread.is_alive()
    assert time.monotonic() - started < READ_TIMEOUT / 2, "the read timeout has not ended it"
    assert len(errors) == 1
    until(lambda: upstreams.connections == 0)


def test_a_response_that_ends_with_its_connection_can_be_aborted(
    session: requests.Session, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.slow_close(READ_TIMEOUT))
    call = AbortableCall()
    with call, session.get(upstreams.url("open-meteo") + PATH, stream=True, timeout=60) as response:
        started = time.monotonic()
        threading.Timer(0.1, call.abort).start()
        assert response.content, "the abort looks like its end"
    assert time.monotonic() - started < READ_TIMEOUT / 2
    assert call._socket is None


def test_abort_ends_no_call_of_another_thread(
    session: requests.Session, upstreams: Upstreams
) -> None:
    aborted = AbortableCall()
    entered, may_end = threading.Event(), threading.Event()

    def run() -> None:
        with aborted:
            entered.set()
            may_end.wait(30)

    thread = threading.Thread(target=run)
    thread.start()
    entered.wait(30)
    with AbortableCall():
        aborted.abort()
        assert session.get(upstreams.url("open-meteo") + PATH).ok
    may_end.set()
    thread.join()


def test_a_session_ignores_the_environment_and_has_its_agent(
    session: requests.Session, upstreams: Upstreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert session.get(upstreams.url("open-meteo") + PATH).ok
    (call,) = upstreams.calls()
    assert call.headers["user-agent"] == "tests"


@pytest.mark.parametrize("path", ["/v1/forecast?a=1", "//v1/forecast?a=1", "", "/a//b", "/?//"])
def test_what_is_requested_is_what_requests_asks_for(session: requests.Session, path: str) -> None:
    request = requests.Request("GET", f"http://example.org{path}").prepare()
    adapter = session.get_adapter("http://example.org")
    assert isinstance(adapter, HTTPAdapter)
    for proxies in ({}, {"http": "http://proxy.example.org"}):
        expected = HTTPAdapter().request_url(request, proxies)
        assert adapter.request_url(request, proxies) == expected
