"""gunicorn's threaded worker, which closes connections in its poller.

gunicorn's main thread waits for a client to close after its last response, so one client delays
all others. Here the poller waits, for several clients at once.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from weather.server.connection import Connection
from weather.server.waiting import Waiting

_CLOSE_TIMEOUT = 2.0  # seconds in which a client must close after its last response
_CHUNK = 1 << 16  # bytes discarded at a time


class ClosingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    nr_conns: int

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._closing = Waiting(_CLOSE_TIMEOUT)

    def finish_request(self, connection: Connection, future: Any) -> None:
        """Called in the main thread, where gunicorn waits for the client to close."""
        if future.cancelled() or future.exception() or not future.result():
            self._close_when_client_does(connection)
        else:
            super().finish_request(connection, future)

    def _close_when_client_does(self, connection: Connection) -> None:
        """A close with unread bytes resets the connection, and the client may lose the end of
        the response (RFC 9112, 9.6): shut down the sending side and discard what arrives."""
        try:
            connection.sock.shutdown(socket.SHUT_WR)
            connection.sock.setblocking(False)
        except OSError:
            self._close(connection)
            return
        self._watch(connection, self._closing, partial(self._discard, connection))

    def _discard(self, connection: Connection, _sock: socket.socket) -> None:
        try:
            closed = not connection.sock.recv(_CHUNK)
        except BlockingIOError:
            closed = False
        except OSError:
            closed = True
        if closed:
            self._close(connection)

    def murder_pending(self) -> None:
        """Called in each turn of the main loop: ends what has waited too long."""
        for connection in self._closing.expired(time.monotonic()):
            self._close(connection)

    def _watch(
        self,
        connection: Connection,
        waiting: Waiting,
        on_event: Callable[[Any], None],
        event: int = EVENT_READ,
    ) -> None:
        """Calls `on_event` in the main thread at each event, until `_unwatch`."""
        waiting.add(connection, time.monotonic())
        connection.waiting = waiting
        self.poller.register(connection.sock, event, on_event)

    def _unwatch(self, connection: Connection) -> None:
        if connection.waiting is None:
            return
        connection.waiting.discard(connection)
        connection.waiting = None
        with contextlib.suppress(OSError, KeyError, ValueError):
            self.poller.unregister(connection.sock)

    def _close(self, connection: Connection) -> None:
        self._unwatch(connection)
        self.nr_conns -= 1
        connection.close()
