"""The worker's own methods, on sockets without a master. tests/faults tests the whole."""

from __future__ import annotations

import errno
import select
import socket
import time
from typing import Any

import pytest

from tests.conftest import until
from tests.server.connections import ADDRESS, connected, deliver, worker

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
        assert connection.sock.recv(1000) == GET, "nothing was consumed"


def test_an_incomplete_request_waits_in_the_poller(submitted: list[Any]) -> None:
    with worker() as serving, connected() as (connection, client):
        for piece in (GET[:5], GET[5:20]):
            deliver(piece, client, connection)
            serving.enqueue_req(connection)
            assert submitted == []
            assert list(serving.pending_conns) == [connection]
            assert serving.poller.select(0) == [], "not readable until more arrives"
            serving._unwatch(connection)
        deliver(GET[20:], client, connection)
        serving.enqueue_req(connection)
        assert submitted == [connection]


def test_the_time_for_a_request_counts_from_its_first_bytes(
    submitted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    with worker() as serving, connected() as (connection, client):
        serving.nr_conns = 1
        for sent in GET[:4]:
            deliver(bytes([sent]), client, connection)
            serving.enqueue_req(connection)
            assert connection.timeout == 105.0
            serving._unwatch(connection)
            now += 1
        now = 105.0
        deliver(GET[4:5], client, connection)
        serving.enqueue_req(connection)
        assert serving.nr_conns == 0
        assert connection.sock.fileno() == -1


def test_a_closed_connection_goes_to_a_thread_that_ends_it(submitted: list[Any]) -> None:
    with worker() as serving, connected() as (connection, client):
        deliver(GET[:5], client, connection)
        serving.enqueue_req(connection)
        serving._unwatch(connection)
        client.shutdown(socket.SHUT_WR)
        until(lambda: select.select([connection.sock], [], [], 0)[0])
        serving.enqueue_req(connection)
        assert submitted == [connection]


def test_all_expired_connections_are_closed_in_whatever_order_they_wait() -> None:
    with worker() as serving, connected() as (early, first), connected() as (late, second):
        serving.nr_conns = 2
        now = time.monotonic()
        serving._watch(late, now + 60, lambda _: None)
        serving._watch(early, now - 1, lambda _: None)
        serving.murder_pending()
        assert list(serving.pending_conns) == [late]
        assert serving.nr_conns == 1
        assert first.recv(1) == b""
        second.setblocking(False)
        with pytest.raises(BlockingIOError):
            second.recv(1)
        serving._unwatch(late)


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
        assert (serving.nr_conns, list(serving.pending_conns)) == (0, [])


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
