"""The worker's own methods, on sockets without a master. tests/faults tests the whole."""

from __future__ import annotations

import errno
import select
import socket
import time
from contextlib import ExitStack
from typing import Any

import pytest
from gunicorn.config import Config

from tests.conftest import until
from tests.server.connections import ADDRESS, connected, deliver, worker
from weather.server.framing import MAX_REQUEST
from weather.server.limits import ConnectionLimits
from weather.server.waiting import Waiting
from weather.server.worker import Worker

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def submitted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The connections that were given to a thread."""
    connections: list[Any] = []
    monkeypatch.setattr(
        "gunicorn.workers.gthread.ThreadWorker.enqueue_req",
        lambda _, connection: connections.append(connection),
    )
    return connections


def test_a_complete_request_goes_to_a_thread_with_its_arrival(submitted: list[Any]) -> None:
    with worker() as serving, connected() as (connection, client):
        deliver(GET, client, connection)
        before = time.monotonic()
        serving.enqueue_req(connection)
        assert submitted == [connection]
        assert before <= connection.arrived <= time.monotonic()
        assert connection.body_arrived
        assert connection.take_read_ahead() == GET


def test_an_incomplete_request_waits_in_the_poller(submitted: list[Any]) -> None:
    with worker() as serving, connected() as (connection, client):
        deliver(GET[:5], client, connection)
        serving.enqueue_req(connection)
        for start, end in ((5, 12), (12, 20)):
            assert submitted == []
            assert list(serving._incomplete) == [connection]
            assert serving.poller.select(0) == [], "not readable until more arrives"
            deliver(GET[start:end], client, connection)
            serving.wait_for_and_dispatch_events(0)
        deliver(GET[20:], client, connection)
        serving._receive(connection)
        assert submitted == [connection]
        assert list(serving._incomplete) == []
        assert serving._buffered == 0


def test_the_time_for_a_request_counts_from_its_first_bytes(
    submitted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    with worker() as serving, connected() as (connection, client):
        serving.nr_conns = 1
        serving.enqueue_req(connection)
        for sent in GET[:4]:
            deliver(bytes([sent]), client, connection)
            serving._receive(connection)
            serving.murder_pending()
            assert serving.nr_conns == 1
            now += 1.2
        now = 105.0
        serving.murder_pending()
        assert serving.nr_conns == 0
        assert connection.sock.fileno() == -1


def test_a_connection_that_ends_within_a_request_is_closed(submitted: list[Any]) -> None:
    with worker() as serving, connected() as (connection, client):
        serving.nr_conns = 1
        deliver(GET[:5], client, connection)
        serving.enqueue_req(connection)
        client.shutdown(socket.SHUT_WR)
        until(lambda: select.select([connection.sock], [], [], 0)[0])
        serving._receive(connection)
        assert submitted == []
        assert (serving.nr_conns, serving._buffered, connection.sock.fileno()) == (0, 0, -1)
        assert not serving.poller.get_map()


def test_the_request_after_a_request_is_read_from_what_the_parser_has(
    submitted: list[Any],
) -> None:
    with worker() as serving, connected() as (connection, client):
        deliver(GET + GET[:9], client, connection)
        serving.enqueue_req(connection)
        next(connection.parser)
        serving.enqueue_req(connection)
        assert submitted == [connection]
        assert connection.request.data == GET[:9]
        deliver(GET[9:], client, connection)
        serving._receive(connection)
        assert submitted == [connection] * 2
        assert connection.take_read_ahead() == GET


def test_connections_are_closed_when_their_own_time_is_up() -> None:
    with worker() as serving, connected() as (early, first), connected() as (late, second):
        serving.nr_conns = 2
        serving._watch(late, Waiting(60), lambda _: None)
        serving._watch(early, serving._closing, lambda _: None)
        serving._closing.add(early, time.monotonic() - 60)
        serving.murder_pending()
        assert serving.nr_conns == 1
        assert first.recv(1) == b""
        second.setblocking(False)
        with pytest.raises(BlockingIOError):
            second.recv(1)
        serving._unwatch(late)


def test_what_the_worker_refuses_and_closes_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    closed: list[str] = []
    refused: list[int] = []
    limits = ConnectionLimits(on_close=closed.append, on_refusal=refused.append)
    with ExitStack() as stack:
        serving = stack.enter_context(worker(limits=limits))
        pairs = [stack.enter_context(connected()) for _ in range(4)]
        serving.nr_conns = len(pairs)
        halves = (b"", GET[:5], b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n", b"x" * MAX_REQUEST)
        for (connection, client), data in zip(pairs, halves, strict=True):
            deliver(data, client, connection)
            serving.enqueue_req(connection)
            while 0 < len(connection.request.data) < len(data):
                serving._receive(connection)
        assert (closed, refused) == ([], [431])
        now += 6
        serving.murder_pending()
        assert closed == ["request_timeout"], "not of the one that has sent nothing"
        assert refused == [431, 408]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nBad Name: x\r\n\r\n", 400),
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n", 417),
    ],
)
def test_a_request_that_cannot_be_parsed_is_reported(request_: bytes, status: int) -> None:
    refused: list[int] = []
    limits = ConnectionLimits(on_refusal=refused.append)
    with worker(limits=limits) as serving, connected() as (connection, client):
        connection.start_parser(request_)
        connection.arrived, connection.body_arrived = 0.0, True
        assert not serving.handle(connection)
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 %d " % status)
        assert refused == [status]


def test_a_client_that_goes_on_sending_is_not_reset() -> None:
    with worker() as serving, connected() as (connection, client):
        serving.nr_conns = 1
        connection.sock.sendall(b"the response")
        serving._close_when_client_does(connection)
        deliver(b"x" * 1000, client, connection)
        serving._discard(connection, connection.sock)
        assert client.recv(100) == b"the response"
        assert client.recv(100) == b"", "the sending side is shut down"
        client.close()
        until(lambda: select.select([connection.sock], [], [], 0)[0])
        serving._discard(connection, connection.sock)
        assert (serving.nr_conns, list(serving._closing)) == (0, [])


class Listener:
    """A listening socket whose accept() raises or returns, in turn, what it was given."""

    def __init__(self, *results: OSError | socket.socket) -> None:
        self._results = list(results)
        self.closed = False

    def accept(self) -> tuple[socket.socket, Any]:
        result = self._results.pop(0)
        if isinstance(result, OSError):
            raise result
        return result, ADDRESS

    def getsockname(self) -> Any:
        return ADDRESS

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("end", [errno.EAGAIN, errno.EMFILE])
def test_a_worker_that_stops_drains_the_accept_queue(submitted: list[Any], end: int) -> None:
    """Also past a client that has gone, and until no descriptor is free."""
    with worker() as serving, connected() as (connection, client):
        deliver(GET, client, connection)
        aborted = OSError(errno.ECONNABORTED, "aborted")
        listener = Listener(aborted, connection.sock, OSError(end, "no more"))
        serving.sockets, serving.alive = [listener], False
        serving.set_accept_enabled(False)
        assert [each.sock for each in submitted] == [connection.sock]
        assert serving.nr_conns == 1
        assert listener.closed
        assert serving.sockets == []


@pytest.mark.parametrize(
    ("option", "value"), [("certfile", "/etc/x.pem"), ("keyfile", "/x"), ("proxy_protocol", True)]
)
def test_the_worker_refuses_what_it_cannot_speak(option: str, value: Any) -> None:
    """TLS records and the header of the PROXY protocol are no HTTP requests."""
    config = Config()
    Worker.check_config(config, None)
    config.set(option, value)
    with pytest.raises(RuntimeError, match="TLS"):
        Worker.check_config(config, None)


def test_a_client_that_pipelines_without_reading_fills_no_memory(submitted: list[Any]) -> None:
    with worker() as serving, connected() as (connection, client):
        deliver(GET * 2000, client, connection)
        serving.enqueue_req(connection)
        assert submitted == [connection]
        assert len(connection.request.data) + len(connection.take_read_ahead()) <= 8192


def test_a_heartbeat_is_a_system_call_once_a_second_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with worker() as serving:
        now, beats = [100.0], list[float]()
        monkeypatch.setattr("weather.server.worker.time.monotonic", lambda: now[0])
        monkeypatch.setattr(serving.tmp, "notify", lambda: beats.append(now[0]))
        for now[0] in (100.0, 100.1, 100.9, 101.0, 101.5, 150.0):
            serving.notify()
        assert beats == [100.0, 101.0, 150.0]
