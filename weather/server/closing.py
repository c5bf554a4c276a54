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

from gunicorn.workers.gthread import TConn, ThreadWorker

_CLOSE_TIMEOUT = 2.0  # seconds in which a client must close after its last response
_CHUNK = 1 << 16  # bytes discarded at a time


class ClosingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    def finish_request(self, connection: TConn, future: Any) -> None:
        """Called in the main thread, where gunicorn waits for the client to close."""
        if future.cancelled() or future.exception() or not future.result():
            self._close_when_client_does(connection)
        else:
            super().finish_request(connection, future)

    def _close_when_client_does(self, connection: TConn) -> None:
        """A close with unread bytes resets the connection, and the client may lose the end of
        the response (RFC 9112, 9.6): shut down the sending side and discard what arrives."""
        try:
            connection.sock.shutdown(socket.SHUT_WR)
            connection.sock.setblocking(False)
        except OSError:
            self._close(connection)
            return
        set_option(connection, socket.SO_RCVLOWAT, 1)
        end = time.monotonic() + _CLOSE_TIMEOUT
        self._watch(connection, end, partial(self._discard, connection))

    def _discard(self, connection: TConn, _sock: socket.socket) -> None:
        try:
            closed = not connection.sock.recv(_CHUNK)
        except BlockingIOError:
            closed = False
        except OSError:
            closed = True
        if closed:
            self._unwatch(connection)
            self._close(connection)

    def murder_pending(self) -> None:
        """Close connections whose time is up. gunicorn's own expects them sorted by time; here
        several timeouts are mixed."""
        now = time.monotonic()
        for connection in [pending for pending in self.pending_conns if pending.timeout <= now]:
            self._unwatch(connection)
            self._close(connection)

    def _watch(self, connection: TConn, end: float, on_readable: Callable[[Any], None]) -> None:
        """Call `on_readable` in the main thread; close the connection at `end`, a
        time.monotonic()."""
        connection.timeout = end
        self.pending_conns.append(connection)
        self.poller.register(connection.sock, EVENT_READ, on_readable)

    def _unwatch(self, connection: TConn) -> None:
        self.pending_conns.remove(connection)
        with contextlib.suppress(OSError, KeyError, ValueError):
            self.poller.unregister(connection.sock)

    def _close(self, connection: TConn) -> None:
        self.nr_conns -= 1
        connection.close()


def set_option(connection: TConn, option: int, value: int | bytes) -> None:
    """Sets an option of the socket, where the system has it; without it the worker is slower,
    not wrong."""
    with contextlib.suppress(OSError):
        connection.sock.setsockopt(socket.SOL_SOCKET, option, value)
