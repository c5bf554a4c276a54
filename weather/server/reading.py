"""Receiving requests in the poller, so that slow clients occupy no thread.

gunicorn gives a connection to a thread at its first byte. Here the poller collects a request
until it is complete.
"""

from __future__ import annotations

import contextlib
import time
from functools import partial
from http import HTTPStatus
from typing import Any

from weather.server import refusal
from weather.server.closing import ClosingWorker
from weather.server.connection import Connection
from weather.server.framing import MAX_REQUEST, Framing, RequestBuffer
from weather.server.limits import ConnectionLimits
from weather.server.request_line import has_raw_bytes, percent_encode
from weather.server.waiting import Waiting

_REQUEST_TIMEOUT = 5.0  # seconds in which a request must be complete
_MOST_BUFFERED = 1 << 24  # bytes of all incomplete requests of a worker
# Bytes received at a time. What follows a request in them is kept while its response is sent.
_MOST_AT_ONCE = 8192
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class ReadingWorker(ClosingWorker):
    """Submits connections with a complete request to the threads."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._limits: ConnectionLimits = getattr(self.app, "limits", ConnectionLimits())
        self._incomplete = Waiting(_REQUEST_TIMEOUT)
        self._buffered = 0  # bytes

    def enqueue_req(self, connection: Connection) -> None:
        """Called in the main thread when a connection is new, when the next request on it begins
        to arrive, or when the bytes after a request are read ahead."""
        connection.request, connection.continued = RequestBuffer(), False
        ahead = connection.take_read_ahead()
        if not ahead or not self._took(connection, ahead):
            self._receive(connection)

    def _receive(self, connection: Connection, _sock: Any = None) -> None:
        """Called in the main thread at the first bytes of a request and at all further ones."""
        try:
            received = connection.sock.recv(
                min(_MOST_AT_ONCE, MAX_REQUEST - len(connection.request.data))
            )
        except BlockingIOError:
            self._wait_for_more(connection)
            return
        except OSError:
            received = b""
        if not received:  # closed by the client
            self._close(connection)
        elif not self._took(connection, received):
            self._wait_for_more(connection)

    def _took(self, connection: Connection, received: bytes) -> bool:
        """Whether the request needs no more bytes."""
        state = connection.request.add(received)
        if state is Framing.INCOMPLETE:
            return False
        if state is Framing.EXPECTS_CONTINUE:
            self._continue(connection)
            return False
        self._unwatch(connection)
        if state is Framing.TOO_LARGE:
            self._refuse(connection, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        else:
            self._submit(connection, body_arrived=state is Framing.COMPLETE)
        return True

    def _continue(self, connection: Connection) -> None:
        if not connection.continued:
            connection.continued = True
            _send(connection, _CONTINUE)

    def _wait_for_more(self, connection: Connection) -> None:
        if connection not in self._incomplete:
            self._watch(connection, self._incomplete, partial(self._receive, connection))
        added = len(connection.request.data) - connection.buffered
        connection.buffered += added
        self._buffered += added
        while self._buffered > _MOST_BUFFERED:
            self._limits.on_close("buffers")
            self._close(next(iter(self._incomplete)))

    def _unwatch(self, connection: Connection) -> None:
        super()._unwatch(connection)
        self._buffered -= connection.buffered
        connection.buffered = 0

    def _submit(self, connection: Connection, *, body_arrived: bool) -> None:
        """Gives the request to its parser."""
        is_alone = connection.request.is_alone
        connection.start_parser(_parsable(connection.request.data))
        connection.arrived, connection.body_arrived = time.monotonic(), body_arrived
        self.serve(connection, is_alone=is_alone)

    def serve(self, connection: Connection, *, is_alone: bool) -> None:
        """Called in the main thread with a request that has arrived; `is_alone` if nothing has
        after it. Gives the connection to a thread."""
        super().enqueue_req(connection)

    def _refuse(self, connection: Connection, status: HTTPStatus) -> None:
        self._limits.on_refusal(status)
        _send(connection, refusal.response(status))
        self._close_when_client_does(connection)

    def murder_pending(self) -> None:
        for connection in self._incomplete.expired(time.monotonic()):
            self._end_incomplete(connection)
        super().murder_pending()

    def _end_incomplete(self, connection: Connection) -> None:
        """A client whose head has arrived may be waiting for a response; one without a whole head
        is not answered, like one that has sent nothing."""
        if connection.request.has_head:
            self._unwatch(connection)
            self._refuse(connection, HTTPStatus.REQUEST_TIMEOUT)
        else:
            if connection.request.data:  # browsers open connections and send nothing
                self._limits.on_close("request_timeout")
            self._close(connection)


def _parsable(data: bytearray) -> bytes:
    received = bytes(data)
    return percent_encode(received) if has_raw_bytes(received) else received


def _send(connection: Connection, data: bytes) -> None:
    """Sends what the socket's buffer takes; a client that has gone is noticed later."""
    with contextlib.suppress(OSError):
        connection.sock.send(data)
