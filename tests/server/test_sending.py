"""Responses that the socket does not take at once."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import pytest

from tests.server.connections import connected, deliver, worker
from weather.server import sending
from weather.server.connection import Connection
from weather.server.limits import ConnectionLimits
from weather.server.unsent import Unsent
from weather.server.worker import Worker

BODY = bytes(range(256)) * 40_000  # more than the buffers of the loopback interface hold
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def large(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Length", str(len(BODY)))])
    return [BODY]


def serve(serving: Worker, connection: Connection) -> None:
    """Serves a received request as a thread and then the main thread do."""
    done: Future[Any] = Future()
    done.set_result(serving.handle(connection))
    serving.finish_request(connection, done)


@pytest.fixture
def submitted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    connections: list[Any] = []
    monkeypatch.setattr(
        "gunicorn.workers.gthread.ThreadWorker.enqueue_req",
        lambda _, connection: connections.append(connection),
    )
    return connections


def start(serving: Worker, connection: Connection, client: socket.socket, request: bytes) -> None:
    """Receives a request and serves it, to a client that does not read."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 18)
    deliver(request, client, connection)
    serving.nr_conns += 1
    serving.enqueue_req(connection)
    serve(serving, connection)


def received(serving: Worker, client: socket.socket, size: int) -> bytes:
    """What the client gets, while the poller sends."""
    client.settimeout(0.01)
    data = bytearray()
    while len(data) < size:
        serving.wait_for_and_dispatch_events(0)
        try:
            data += client.recv(1 << 20)
        except TimeoutError:
            continue
    return bytes(data)


def test_the_rest_of_a_response_is_sent_by_the_poller(submitted: list[Any]) -> None:
    with worker(large) as serving, connected() as (connection, client):
        start(serving, connection, client, GET + GET[:5])
        assert list(serving._sending) == [connection]
        assert 0 < serving._unsent == connection.unsent.size < len(BODY) + 1000
        assert submitted == [connection], "the next request is not yet read"
        head = len(b"HTTP/1.1 200 OK\r\n\r\n")
        response = received(serving, client, len(BODY) + head)
        while serving._unsent:
            response += received(serving, client, 1)
        assert response.endswith(BODY)
        assert b"\r\nConnection: keep-alive\r\n" in response[:300]
        assert (serving._unsent, list(serving._sending)) == (0, [])
        assert connection.request.data == GET[:5], "the next request is now read"
        assert list(serving._incomplete) == [connection]
        deliver(GET[5:], client, connection)
        serving.wait_for_and_dispatch_events(0)
        assert submitted == [connection] * 2


def test_a_response_is_sent_within_a_total_time(
    submitted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the client reads a little."""
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    closed: list[str] = []
    limits = ConnectionLimits(on_close=closed.append)
    with worker(large, limits) as serving, connected() as (connection, client):
        start(serving, connection, client, GET)
        for _ in range(6):
            now += 4.9
            received(serving, client, 1000)
            serving.murder_pending()
            assert (list(serving._sending), closed) == ([connection], [])
        now = 130.0
        serving.murder_pending()
        assert closed == ["send_timeout"]
        assert (serving.nr_conns, serving._unsent, connection.sock.fileno()) == (0, 0, -1)
        assert not serving.poller.get_map()


def test_the_oldest_of_too_many_unsent_bytes_are_given_up(
    submitted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    with (
        worker(large, ConnectionLimits(on_close=closed.append)) as serving,
        connected() as (first, client),
        connected() as (second, other),
        connected() as (third, another),
    ):
        start(serving, first, client, GET)
        start(serving, second, other, GET)
        monkeypatch.setattr(sending, "_MOST_UNSENT", serving._unsent)
        start(serving, third, another, GET)
        left = list(serving._sending)
        assert left in ([second, third], [third])
        assert serving._unsent == sum(each.unsent.size for each in left) <= sending._MOST_UNSENT
        assert serving.nr_conns == len(left)
        assert closed == ["buffers"] * (3 - len(left))


def test_a_client_that_goes_away_ends_its_response(submitted: list[Any]) -> None:
    with worker(large) as serving, connected() as (connection, client):
        start(serving, connection, client, GET)
        client.close()  # with unread bytes: a reset
        while serving.nr_conns:
            serving.wait_for_and_dispatch_events(0.1)
        assert (serving._unsent, list(serving._sending), serving.poller.get_map()) == (0, [], {})


def test_a_refusal_waits_for_no_client(submitted: list[Any]) -> None:
    """A client of pipelined requests may not have read what is before it."""
    with worker(large) as serving, connected() as (connection, client):
        start(serving, connection, client, GET)
        filled = connection.unsent
        deliver(b"NO HTTP\r\n\r\n", client, connection)
        serving._unwatch(connection)
        assert filled
        serving.enqueue_req(connection)
        # Whatever the socket still takes of a short response, until it takes no more.
        with suppress(BlockingIOError):
            while True:
                connection.sock.send(b"x" * 4096)
        serve(serving, connection)
        assert list(serving._sending) == [connection]


@pytest.mark.parametrize("version", [b"HTTP/1.1", b"HTTP/1.0"])
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
@pytest.mark.parametrize("error", [ValueError("broken"), OSError(28, "No space left")])
def test_the_response_of_an_application_that_fails_after_its_start_is_an_error(
    submitted: list[Any], method: bytes, version: bytes, error: Exception
) -> None:
    def broken(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        start_response("200 OK", [("Content-Length", "10")])
        yield b"12345"
        raise error

    with worker(broken) as serving, connected() as (connection, client):
        start(serving, connection, client, method + GET[3:].replace(b"HTTP/1.1", version))
        assert client.recv(1000).startswith(b"HTTP/1.1 500 ")
        assert list(serving._closing) == [connection]


def test_unsent_bytes_are_not_copied_and_counted_exactly() -> None:
    with connected() as (connection, client):
        unsent = Unsent([b"head", b"", BODY, b"end"])
        assert unsent.size == len(BODY) + 7
        data = b""
        while unsent:
            unsent.send(connection.sock)
            before = unsent.size
            data += client.recv(1 << 22)
            assert before == unsent.size
        client.settimeout(10)
        while len(data) < len(BODY) + 7:
            data += client.recv(1 << 22)
        assert data == b"head" + BODY + b"end"
