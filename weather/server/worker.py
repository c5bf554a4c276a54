"""gunicorn's threaded worker with a door of our own.

A thread is given only to a request that is all there, head and form, and is free again with its
answer: clients that send theirs drop by drop, or do not leave afterwards, hold up nobody. Each
request is stamped when it comes, so that time spent in line counts against its deadline.
"""

from __future__ import annotations

import contextlib
import io
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from weather.web.environ import ARRIVED

_PATIENCE = 5.0  # seconds for a request, from its first byte
_GOODBYE = 2.0  # seconds in which a client may close after its last answer
_SEND_PATIENCE = 10  # seconds in which a client must take something of its answer
_LONGEST = 1 << 16  # bytes of a request for which we wait
_LONGEST_FORM = 16_000  # bytes of it; a longer one is refused unread
_SEND_TIMEOUT = struct.pack("ll", _SEND_PATIENCE, 0)
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*0*(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\n\r\n"

Application = Callable[[dict[str, Any], Any], Any]


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    wsgi: Application
    sockets: list[Any]

    def init_process(self) -> None:
        self._local = threading.local()
        # Requests that are not all there: since when, and how many bytes had come.
        self._begun: dict[TConn, tuple[float, int]] = {}
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        app = self.wsgi

        def stamped(environ: dict[str, Any], start_response: Any) -> Any:
            conn = self._local.conn
            environ[ARRIVED] = conn.arrived
            if not conn.whole:
                environ["wsgi.input"] = io.BytesIO()
            return app(environ, start_response)

        self.wsgi = stamped

    def set_accept_enabled(self, enabled: bool) -> None:
        """When the worker stops, all who stand at the door are let in first: if it were only
        taken away, the system would hang up on them."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            with contextlib.suppress(BlockingIOError):  # nobody stands there any more
                while True:
                    sock, client = listener.accept()
                    self.nr_conns += 1
                    self.enqueue_req(TConn(self.cfg, sock, client, listener.getsockname()))
            listener.close()
        self.sockets = []

    def enqueue_req(self, conn: TConn) -> None:
        """Called in the main thread whenever a connection may have a request for us."""
        data = self._come(conn)
        if data is None:
            self._serve(conn, whole=True)  # gunicorn finds that nothing more comes
            return
        head, end, form = data.partition(b"\r\n\r\n")
        length = _form_length(head)
        if end and (length is None or len(form) >= length):
            self._serve(conn, whole=length is not None)
        elif len(data) < _LONGEST:
            self._wait_for_more(conn)
        else:
            with contextlib.suppress(OSError):
                conn.sock.send(_TOO_LONG)
            self._part_from(conn)

    def _come(self, conn: TConn) -> bytes | None:
        """What has come of a request, and stays there for gunicorn to read; None if no more
        will come. The connection is readable again only when there is more."""
        if conn.parser is None:
            _set(conn, socket.SO_SNDTIMEO, _SEND_TIMEOUT)
        conn.sock.setblocking(False)
        try:
            peeked: bytes = conn.sock.recv(_LONGEST, socket.MSG_PEEK)
        except BlockingIOError:
            peeked = b""
        except OSError:
            return None
        else:
            if len(peeked) == self._begun.get(conn, (0.0, 0))[1]:
                return None  # it is readable because the client has closed
        now = time.monotonic()
        self._begun[conn] = self._begun.get(conn, (now, 0))[0], len(peeked)
        _set(conn, socket.SO_RCVLOWAT, len(peeked) + 1)
        ahead: bytes = conn.parser.unreader.buf.getvalue() if conn.parser else b""
        return ahead + peeked

    def _serve(self, conn: TConn, *, whole: bool) -> None:
        self._begun.pop(conn, None)
        conn.arrived, conn.whole = time.monotonic(), whole
        conn.data_ready = True
        _set(conn, socket.SO_RCVLOWAT, 1)
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        self._local.conn = conn
        return super().handle(conn)

    def _keepalive_after(self, conn: TConn, keepalive: bool) -> bool:
        # Where the next request of somebody who was not heard out begins, nobody knows.
        return conn.whole and bool(super()._keepalive_after(conn, keepalive))

    def finish_request(self, conn: TConn, fs: Any) -> None:
        """In the main thread, where gunicorn would wait for the client to close."""
        if fs.cancelled() or fs.exception() or not fs.result():
            self._part_from(conn)
        else:
            super().finish_request(conn, fs)

    def _part_from(self, conn: TConn) -> None:
        """Close once the client has: with something unread the system would take back what is
        still on its way to it (RFC 9112, 9.6)."""
        self._begun.pop(conn, None)
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
        except OSError:
            self._drop(conn)
            return
        _set(conn, socket.SO_RCVLOWAT, 1)
        self._watch(conn, time.monotonic() + _GOODBYE, partial(self._throw_away, conn))

    def _throw_away(self, conn: TConn, _sock: socket.socket) -> None:
        try:
            gone = not conn.sock.recv(_LONGEST)
        except BlockingIOError:
            gone = False
        except OSError:
            gone = True
        if gone:
            self._forget(conn)
            self._drop(conn)

    def _wait_for_more(self, conn: TConn) -> None:
        until = self._begun[conn][0] + _PATIENCE
        if until <= time.monotonic():
            self._drop(conn)
        else:
            self._watch(conn, until, partial(self.on_pending_socket_readable, conn))

    def _watch(self, conn: TConn, until: float, readable: Callable[[Any], None]) -> None:
        conn.timeout = until
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, readable)

    def murder_pending(self) -> None:
        """All whose time is up: unlike gunicorn's, ours are not in the order of their times."""
        now = time.monotonic()
        for conn in [each for each in self.pending_conns if each.timeout <= now]:
            self._forget(conn)
            self._drop(conn)

    def _forget(self, conn: TConn) -> None:
        self.pending_conns.remove(conn)
        with contextlib.suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)

    def _drop(self, conn: TConn) -> None:
        self._begun.pop(conn, None)
        self.nr_conns -= 1
        conn.close()


def _form_length(head: bytes) -> int | None:
    """Bytes of a form; None if it is longer than we listen to, or nobody tells."""
    if _CHUNKED.search(head):
        return None
    found = _LENGTH.search(head)
    length = int(found[1][:9]) if found else 0
    return length if length <= _LONGEST_FORM else None


def _set(conn: TConn, option: int, value: int | bytes) -> None:
    # Systems without it do without it.
    with contextlib.suppress(OSError):
        conn.sock.setsockopt(socket.SOL_SOCKET, option, value)
