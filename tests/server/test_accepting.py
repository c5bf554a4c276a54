"""The limits of connections, for each client and for all."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.server.connections import ADDRESS, deliver, pair, worker
from weather.server.limits import ConnectionCounts, ConnectionLimits
from weather.server.worker import Worker

TWO = ConnectionLimits(per_address=2, is_proxy=lambda peer: peer == "203.0.113.9")
CLIENT = ("203.0.113.1", 1000)


class Clients:
    """Connects clients of any address to a worker."""

    def __init__(self, serving: Worker, stack: ExitStack) -> None:
        self._serving, self._stack = serving, stack

    def connect(self, peer: Any = CLIENT, sent: bytes = b"GET /") -> Any:
        """The client's end."""
        ours, theirs = self._stack.enter_context(pair())
        if sent:
            deliver(sent, theirs, ours)
        self._serving._admit(ours, peer, ADDRESS)
        theirs.settimeout(10)
        return theirs


def is_open(client: Any) -> bool:
    client.setblocking(False)
    try:
        return bool(client.recv(1))
    except BlockingIOError:
        return True
    except ConnectionError:
        return False


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.mark.parametrize(
    ("peers", "opened"),
    [
        ([("203.0.113.1", 1), ("203.0.113.1", 2), ("203.0.113.1", 3)], [False, True, True]),
        ([("203.0.113.1", 1), ("203.0.113.2", 2), ("203.0.113.3", 3)], [True] * 3),
        # All of one IPv6 network of 64 bits, and an IPv4 address in the form of an IPv6 one.
        ([("2001:db8::1", 1, 0, 0), ("2001:db8::2", 2, 0, 0), ("2001:db8::3:0:0:0", 3, 0, 0)],
         [False, True, True]),
        ([("2001:db8::1", 1, 0, 0), ("2001:db8:0:1::1", 2, 0, 0), ("2001:db8:0:2::1", 3, 0, 0)],
         [True] * 3),
        ([("::ffff:203.0.113.1", 1, 0, 0), ("203.0.113.1", 2), ("203.0.113.1", 3)],
         [False, True, True]),
        ([("203.0.113.9", 1)] * 3, [True] * 3),
        ([("127.0.0.1", 1)] * 3, [True] * 3),
        ([("::1", 1, 0, 0)] * 3, [True] * 3),
        ([""] * 3, [True] * 3),
    ],
)  # fmt: skip
def test_the_oldest_of_too_many_connections_of_a_client_is_closed(
    stack: ExitStack, peers: list[Any], opened: list[bool]
) -> None:
    serving = stack.enter_context(worker(limits=TWO))
    clients = Clients(serving, stack)
    connected = [clients.connect(peer) for peer in peers]
    assert [is_open(client) for client in connected] == opened
    assert serving.nr_conns == sum(opened) == len(list(serving._incomplete))


def test_connections_that_are_served_are_not_closed_for_a_new_one(
    stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gunicorn.workers.gthread.ThreadWorker.enqueue_req", lambda *_: None)
    serving = stack.enter_context(worker(limits=TWO))
    clients = Clients(serving, stack)
    served = [clients.connect(sent=b"GET / HTTP/1.1\r\n\r\n") for _ in range(2)]
    refused = clients.connect()
    assert [is_open(client) for client in (*served, refused)] == [True, True, False]
    assert serving.nr_conns == 2


def test_a_new_connection_replaces_the_oldest_of_all_when_a_worker_is_full(
    stack: ExitStack,
) -> None:
    serving = stack.enter_context(worker(connections=4))
    clients = Clients(serving, stack)
    connected = [clients.connect((f"203.0.113.{number}", 1)) for number in range(8)]
    assert [is_open(client) for client in connected] == [False] * 5 + [True] * 3
    assert serving.nr_conns == 3, "below the number at which gunicorn stops accepting"


def test_an_idle_connection_is_given_up_after_those_with_half_a_request(stack: ExitStack) -> None:
    serving = stack.enter_context(worker(connections=3))
    clients = Clients(serving, stack)
    idle = clients.connect()
    [kept] = serving._incomplete
    serving._unwatch(kept)
    serving.keepalived_conns.append(kept)
    serving.poller.register(kept.sock, 1, None)
    half = clients.connect()
    clients.connect()
    assert (is_open(idle), is_open(half)) == (True, False)
    [last] = serving._incomplete
    serving._unwatch(last)  # a thread serves it
    serving._evict(serving._waiting())
    assert not is_open(idle)
    assert list(serving.keepalived_conns) == []
    assert not serving.poller.get_map()


def test_bytes_of_incomplete_requests_are_bounded(
    stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weather.server.reading._MOST_BUFFERED", 10_000)
    serving = stack.enter_context(worker())
    clients = Clients(serving, stack)
    connected = [clients.connect(sent=b"x" * 4000) for _ in range(4)]
    assert [is_open(client) for client in connected] == [False, False, True, True]
    assert serving._buffered == 8000


def test_a_worker_without_a_free_descriptor_gives_up_a_connection(stack: ExitStack) -> None:
    class Listener(socket.socket):
        def accept(self) -> Any:
            raise OSError(24, "Too many open files")

    serving = stack.enter_context(worker())
    client = Clients(serving, stack).connect()
    serving.accept(stack.enter_context(Listener()))
    assert not is_open(client)
    assert serving.nr_conns == 0


def test_counts_are_forgotten_with_the_last_connection(stack: ExitStack) -> None:
    serving = stack.enter_context(worker(limits=TWO))
    clients = Clients(serving, stack)
    clients.connect()
    assert len(serving._counts) == 1
    for connection in list(serving._incomplete):
        serving._close(connection)
        connection.close()  # again, as gunicorn may
    assert len(serving._counts) == 0


def test_no_limit_counts_nothing() -> None:
    assert ConnectionCounts(ConnectionLimits(per_address=0)).network(CLIENT) is None
