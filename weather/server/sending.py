"""Sending responses in the poller, so that clients that do not read occupy no thread."""

from __future__ import annotations

import time
from functools import partial
from selectors import EVENT_WRITE
from typing import Any

from weather.server.connection import Connection
from weather.server.reading import ReadingWorker
from weather.server.unsent import Unsent
from weather.server.waiting import Waiting

_MOST_UNSENT = 1 << 25  # bytes of all responses that a worker's clients have not received


class SendingWorker(ReadingWorker):
    """A thread sends of its response what the socket takes at once, and leaves the rest in
    `Connection.unsent`; the next request on the connection is read when all is sent."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._sending = Waiting(self._limits.send_timeout)
        self._unsent = 0  # bytes

    def finish_request(self, connection: Connection, future: Any) -> None:
        """Called in the main thread."""
        if not connection.unsent:
            super().finish_request(connection, future)
            return
        connection.sock.setblocking(False)
        self._unsent += connection.unsent.size
        while self._unsent > _MOST_UNSENT and self._sending:
            self._limits.on_close("buffers")
            self._close(next(iter(self._sending)))
        on_writable = partial(self._send_more, connection, future)
        self._watch(connection, self._sending, on_writable, EVENT_WRITE)

    def _send_more(self, connection: Connection, future: Any, _sock: Any) -> None:
        before = connection.unsent.size
        try:
            connection.unsent.send(connection.sock)
        except OSError:  # the client has gone
            self._close(connection)
            return
        self._unsent -= before - connection.unsent.size
        if not connection.unsent:
            self._unwatch(connection)
            super().finish_request(connection, future)

    def _unwatch(self, connection: Connection) -> None:
        if connection.waiting is self._sending:
            self._unsent -= connection.unsent.size
            connection.unsent = Unsent()
        super()._unwatch(connection)

    def murder_pending(self) -> None:
        for connection in self._sending.expired(time.monotonic()):
            self._limits.on_close("send_timeout")
            self._close(connection)
        super().murder_pending()
