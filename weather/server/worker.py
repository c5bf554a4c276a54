"""gunicorn's threaded worker, with complete requests only in its threads.

gunicorn gives a connection to a thread at its first byte, and slow clients occupy all threads.
Here the poller peeks at a request until it is complete. Each request is stamped with its arrival,
so that time spent in the queue counts against its deadline.

tests/server/test_gunicorn_contract.py lists what is used of gunicorn's internals.
"""

from __future__ import annotations

import contextlib
import io
import socket
import struct
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from gunicorn.workers.gthread import TConn

from weather.server.closing import ClosingWorker, set_option
from weather.server.framing import MAX_REQUEST, Framing, framing
from weather.web.environ import ARRIVED

_REQUEST_TIMEOUT = 5.0  # seconds in which a request must be complete
_SEND_TIMEOUT = 10  # seconds in which a client must receive part of a response
_SEND_TIMEVAL = struct.pack("ll", _SEND_TIMEOUT, 0)
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\n\r\n"

Application = Callable[[dict[str, Any], Any], Any]


class _Progress(NamedTuple):
    """An incomplete request."""

    since: float  # time.monotonic()
    received: int  # bytes in the socket's buffer


class Worker(ClosingWorker):
    wsgi: Application
    sockets: list[Any]

    def init_process(self) -> None:
        self._current = threading.local()  # .connection: the one that a thread serves
        self._incomplete: dict[TConn, _Progress] = {}
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        app = self.wsgi

        def with_arrival(environ: dict[str, Any], start_response: Any) -> Any:
            connection = self._current.connection
            environ[ARRIVED] = connection.arrived
            if not connection.body_arrived:
                environ["wsgi.input"] = io.BytesIO()
            return app(environ, start_response)

        self.wsgi = with_arrival

    def set_accept_enabled(self, enabled: bool) -> None:
        """A worker that stops drains the accept queue before it closes the listeners, or the
        kernel resets the queued clients."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            self._drain(listener)
            listener.close()
        self.sockets = []

    def _drain(self, listener: socket.socket) -> None:
        while True:
            try:
                client, address = listener.accept()
            except ConnectionAbortedError:
                continue
            except OSError:  # BlockingIOError: the queue is empty; or no descriptor is free
                return
            self.nr_conns += 1
            self.enqueue_req(TConn(self.cfg, client, address, listener.getsockname()))

    def enqueue_req(self, connection: TConn) -> None:
        """Called in the main thread when a connection is new or readable."""
        data = self._peek(connection)
        if data is None:  # closed or broken: gunicorn's parser finds the end and cleans up
            self._submit(connection, body_arrived=True)
            return
        match framing(data):
            case Framing.INCOMPLETE:
                self._wait_for_more(connection)
            case Framing.TOO_LARGE:
                self._incomplete.pop(connection)
                with contextlib.suppress(OSError):
                    connection.sock.send(_TOO_LARGE)
                self._close_when_client_does(connection)
            case state:
                self._submit(connection, body_arrived=state is Framing.COMPLETE)

    def _peek(self, connection: TConn) -> bytes | None:
        """The received bytes, which remain for gunicorn to read; None if the client has closed.
        The poller then reports the connection only when more bytes have arrived."""
        if connection.parser is None:
            set_option(connection, socket.SO_SNDTIMEO, _SEND_TIMEVAL)
        connection.sock.setblocking(False)
        before = self._incomplete.get(connection) or _Progress(time.monotonic(), 0)
        try:
            peeked: bytes = connection.sock.recv(MAX_REQUEST, socket.MSG_PEEK)
        except BlockingIOError:
            peeked = b""
        except OSError:
            return None
        else:
            if len(peeked) == before.received:  # readable without new bytes: end of file
                return None
        self._incomplete[connection] = before._replace(received=len(peeked))
        set_option(connection, socket.SO_RCVLOWAT, len(peeked) + 1)
        # What the parser has read ahead of the previous request.
        ahead: bytes = connection.parser.unreader.buf.getvalue() if connection.parser else b""
        return ahead + peeked

    def _wait_for_more(self, connection: TConn) -> None:
        end = self._incomplete[connection].since + _REQUEST_TIMEOUT
        if end <= time.monotonic():
            self._close(connection)
        else:
            self._watch(connection, end, partial(self.on_pending_socket_readable, connection))

    def _submit(self, connection: TConn, *, body_arrived: bool) -> None:
        """Give the connection to a thread."""
        self._incomplete.pop(connection, None)
        connection.arrived, connection.body_arrived = time.monotonic(), body_arrived
        connection.data_ready = True
        set_option(connection, socket.SO_RCVLOWAT, 1)
        super().enqueue_req(connection)

    def handle(self, connection: TConn) -> Any:
        """Called in a thread."""
        self._current.connection = connection
        return super().handle(connection)

    def _keepalive_after(self, connection: TConn, keepalive: bool) -> bool:
        # After an unread body the start of the next request is unknown.
        return connection.body_arrived and bool(super()._keepalive_after(connection, keepalive))

    def _close(self, connection: TConn) -> None:
        self._incomplete.pop(connection, None)
        super()._close(connection)
