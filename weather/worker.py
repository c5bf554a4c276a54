"""gunicorn's threaded worker with a door of our own.

A thread is given only to a request whose head is all there, so clients that send theirs drop
by drop hold no thread. Each request is stamped when it comes, so that time spent in line counts
against its deadline and nobody is served who has left.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from weather.deadline import ARRIVED

_HEAD_PATIENCE = 5.0  # seconds for the head of a request, from its first byte
_SEND_PATIENCE = 10  # seconds in which a client must take something of its answer
_LONGEST_HEAD = 1 << 16  # bytes; gunicorn refuses what is longer
_SEND_TIMEOUT = struct.pack("ll", _SEND_PATIENCE, 0)

Application = Callable[[dict[str, Any], Any], Any]


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    wsgi: Application

    def init_process(self) -> None:
        self._local = threading.local()
        self._since: dict[TConn, float] = {}  # when the heads that are not all there began
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        app = self.wsgi

        def stamped(environ: dict[str, Any], start_response: Any) -> Any:
            environ[ARRIVED] = self._local.arrived
            return app(environ, start_response)

        self.wsgi = stamped

    def enqueue_req(self, conn: TConn) -> None:
        """Called in the main thread whenever a connection may have a request for us."""
        if not _is_all_there(conn):
            self._wait_for_more(conn)
            return
        self._since.pop(conn, None)
        conn.arrived = time.monotonic()
        conn.data_ready = True
        _set(conn, socket.SO_RCVLOWAT, 1)
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        self._local.arrived = conn.arrived
        return super().handle(conn)

    def _wait_for_more(self, conn: TConn) -> None:
        now = time.monotonic()
        conn.timeout = self._since.setdefault(conn, now) + _HEAD_PATIENCE
        if conn.timeout <= now:
            self._drop(conn)
            return
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        more = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, more)

    def murder_pending(self) -> None:
        """All whose time is up: unlike gunicorn's, ours are not in the order of their times."""
        now = time.monotonic()
        for conn in [each for each in self.pending_conns if each.timeout <= now]:
            self.pending_conns.remove(conn)
            with contextlib.suppress(OSError, KeyError, ValueError):
                self.poller.unregister(conn.sock)
            self._drop(conn)

    def _drop(self, conn: TConn) -> None:
        self._since.pop(conn, None)
        self.nr_conns -= 1
        conn.close()


def _is_all_there(conn: TConn) -> bool:
    """Whether a thread can read the head without a wait, or will find that there is none. If
    not, the connection is not readable again before more has come."""
    if conn.parser is not None and conn.parser.unreader.buf.getvalue():
        return True  # gunicorn has read ahead
    if conn.parser is None:
        _set(conn, socket.SO_SNDTIMEO, _SEND_TIMEOUT)
    conn.sock.setblocking(False)
    try:
        head = conn.sock.recv(_LONGEST_HEAD, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
    if not head or b"\r\n\r\n" in head or len(head) == _LONGEST_HEAD:
        return True
    _set(conn, socket.SO_RCVLOWAT, len(head) + 1)
    return False


def _set(conn: TConn, option: int, value: int | bytes) -> None:
    # Systems without it do without it.
    with contextlib.suppress(OSError):
        conn.sock.setsockopt(socket.SOL_SOCKET, option, value)
