"""Connections and workers of gunicorn without a master, for tests in one process."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from selectors import DefaultSelector
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger

from tests.conftest import until
from weather.server.connection import Connection
from weather.server.limits import ConnectionLimits
from weather.server.worker import Worker

ADDRESS = ("127.0.0.1", 1234)
NO_LIMITS = ConnectionLimits()


class _Application:
    """What a worker asks of gunicorn's application object."""

    def __init__(
        self, wsgi: Callable[..., Any], limits: ConnectionLimits, *, is_lazy: bool
    ) -> None:
        self._wsgi = wsgi
        self.limits = limits
        self.is_lazy = is_lazy

    def wsgi(self) -> Callable[..., Any]:
        return self._wsgi


def _no_application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    raise AssertionError("no request was sent")


@contextmanager
def worker(
    application: Callable[..., Any] = _no_application,
    limits: ConnectionLimits = NO_LIMITS,
    connections: int = 1000,
    *,
    is_lazy: bool = False,
) -> Iterator[Worker]:
    """A worker whose threads and poller are not started: call its methods."""
    config = Config()
    config.set("worker_connections", connections)
    logger = Logger(config)
    logger.error_log.setLevel(logging.CRITICAL)
    serving = Worker(
        1, 1, [], _Application(application, limits, is_lazy=is_lazy), 30, config, logger
    )
    # What init_process does before it enters the main loop.
    serving.poller = DefaultSelector()
    serving.load_wsgi()
    try:
        yield serving
    finally:
        serving.poller.close()
        serving.tmp.close()


@contextmanager
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The server's and the client's socket of one connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        theirs = socket.create_connection(listener.getsockname(), 10)
        ours, _ = listener.accept()
    with ours, theirs:
        yield ours, theirs


@contextmanager
def connected() -> Iterator[tuple[Connection, socket.socket]]:
    """The server's and the client's end of one connection."""
    with pair() as (ours, theirs):
        yield Connection(Config(), ours, ours.getpeername(), ADDRESS), theirs


def deliver(data: bytes, client: socket.socket, connection: Connection | socket.socket) -> None:
    """Sends `data`, and waits until the server's end has it: the kernel may take a moment."""
    ours = connection.sock if isinstance(connection, Connection) else connection
    ours.setblocking(False)
    expected = _received(ours) + len(data)
    client.sendall(data)
    until(lambda: _received(ours) == expected)


def _received(ours: socket.socket) -> int:
    with suppress(BlockingIOError):
        return len(ours.recv(1 << 16, socket.MSG_PEEK))
    return 0
