"""Responses that are ready are sent without a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import pytest

from tests.conftest import until
from tests.server.connections import connected, deliver, worker
from weather.server.connection import Connection

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Application:
    """Has the responses to `/` ready; others are made when they are iterated."""

    def __init__(self) -> None:
        self.called: list[str] = []
        self.made_in: list[threading.Thread] = []
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        self.called.append(path)
        if path == "/bug":
            raise RuntimeError("a bug")
        if path != "/":
            return Lazy(self, start_response)
        start_response("200 OK", [("Content-Length", "5")])
        return [b"ready"]


class Lazy:
    def __init__(self, application: Application, start_response: Any) -> None:
        self._application, self._start_response = application, start_response

    def __iter__(self) -> Iterator[bytes]:
        self._application.made_in.append(threading.current_thread())
        self._start_response("200 OK", [("Content-Length", "4")])
        yield b"made"

    def close(self) -> None:
        self._application.closed += 1


@pytest.fixture
def submitted(monkeypatch: pytest.MonkeyPatch) -> list[Connection]:
    """The connections that were given to a thread."""
    connections: list[Connection] = []
    monkeypatch.setattr(
        "gunicorn.workers.gthread.ThreadWorker.enqueue_req",
        lambda _, connection: connections.append(connection),
    )
    return connections


def request(path: str) -> bytes:
    return GET.replace(b"/", path.encode(), 1)


def test_a_ready_response_is_sent_in_the_main_thread(submitted: list[Connection]) -> None:
    application = Application()
    with worker(application, is_lazy=True) as serving, connected() as (connection, client):
        serving.nr_conns = 1
        for count in (1, 2):
            deliver(GET, client, connection)
            if count == 1:
                serving.enqueue_req(connection)
            else:  # the connection was kept, and waits in gunicorn's poller
                serving.wait_for_and_dispatch_events(0)
            assert client.recv(1000).endswith(
                b"Connection: keep-alive\r\nContent-Length: 5\r\n\r\nready"
            )
            assert list(serving.keepalived_conns) == [connection]
        assert (submitted, application.called) == ([], ["/", "/"])
        serving.poller.unregister(connection.sock)


def test_another_response_is_made_in_a_thread_by_the_same_call(
    submitted: list[Connection],
) -> None:
    application = Application()
    with worker(application, is_lazy=True) as serving, connected() as (connection, client):
        deliver(request("/new"), client, connection)
        serving.enqueue_req(connection)
        assert submitted == [connection]
        assert (application.called, application.made_in) == (["/new"], [])
        kept: list[bool] = []
        thread = threading.Thread(target=lambda: kept.append(serving.handle(connection)))
        thread.start()
        thread.join()
        assert client.recv(1000).endswith(b"\r\n\r\nmade")
        assert (kept, application.called, application.made_in) == ([True], ["/new"], [thread])
        assert (application.closed, connection.exchange) == (1, None)


def test_an_application_is_not_called_in_the_main_thread_unless_it_is_lazy(
    submitted: list[Connection],
) -> None:
    application = Application()
    with worker(application) as serving, connected() as (connection, client):
        deliver(GET, client, connection)
        serving.enqueue_req(connection)
        assert (submitted, application.called) == ([connection], [])


def test_requests_that_follow_each_other_at_once_are_not_served_within_each_other(
    submitted: list[Connection],
) -> None:
    """A client that sends a thousand without reading would exhaust the stack."""
    application = Application()
    with worker(application, is_lazy=True) as serving, connected() as (connection, client):
        deliver(GET * 3, client, connection)
        serving.enqueue_req(connection)
        assert (submitted, application.called) == ([connection], [])
        for served in (1, 2):
            assert serving.handle(connection)
            assert len(application.called) == served
            serving.finish_request(connection, _done(True))
        # The last one has nothing after it.
        assert len(submitted) == 2
        assert len(application.called) == 3
        until(lambda: client.recv(10_000).count(b"ready"))
        serving.poller.unregister(connection.sock)


def test_an_application_that_fails_at_once_is_a_500_and_the_end(
    submitted: list[Connection],
) -> None:
    with worker(Application(), is_lazy=True) as serving, connected() as (connection, client):
        serving.nr_conns = 1
        deliver(request("/bug"), client, connection)
        serving.enqueue_req(connection)
        response = client.recv(1000)
        assert response.startswith(b"HTTP/1.1 500 ")
        assert b"Connection: close\r\n" in response
        assert list(serving._closing) == [connection]
        assert submitted == []
        serving._close(connection)


def test_what_a_client_does_not_read_waits_in_the_poller(submitted: list[Connection]) -> None:
    content = b"x" * 20_000_000

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Length", str(len(content)))])
        return [content]

    with worker(application, is_lazy=True) as serving, connected() as (connection, client):
        serving.nr_conns = 1
        deliver(GET, client, connection)
        serving.enqueue_req(connection)
        assert list(serving._sending) == [connection]
        client.setblocking(False)
        while serving._sending:
            with suppress(BlockingIOError):
                client.recv(1 << 20)
            serving.wait_for_and_dispatch_events(0)
        assert list(serving.keepalived_conns) == [connection]
        serving.poller.unregister(connection.sock)


def test_a_worker_that_stops_says_so_in_the_response(submitted: list[Connection]) -> None:
    with worker(Application(), is_lazy=True) as serving, connected() as (connection, client):
        serving.nr_conns, serving.alive = 1, False
        deliver(GET, client, connection)
        serving.enqueue_req(connection)
        assert b"Connection: close\r\n" in client.recv(1000)
        serving._close(connection)


def _done(keepalive: bool) -> Future[bool]:
    future: Future[bool] = Future()
    future.set_result(keepalive)
    return future
