"""Reading requests in the poller, so that slow clients occupy no thread.

gunicorn gives a connection to a thread at its first byte. Here the poller peeks at a request
until it is complete.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from gunicorn.workers.gthread import TConn

from weather.server import refusal
from weather.server.closing import ClosingWorker, set_option
from weather.server.framing import MAX_REQUEST, Framing, framing
from weather.server.request_line import has_raw_bytes, percent_encode

_REQUEST_TIMEOUT = 5.0  # seconds in which a request must be complete
_SEND_TIMEOUT = 10  # seconds in which a client must receive part of a response
_SEND_TIMEVAL = struct.pack("ll", _SEND_TIMEOUT, 0)
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class _Progress(NamedTuple):
    """An incomplete request."""

    since: float  # time.monotonic()
    received: int  # bytes in the socket's buffer
    continued: bool = False  # 100 (Continue) was sent


class ReadingWorker(ClosingWorker):
    """Submits connections with a complete request to the threads.

    A submitted connection has `arrived`, a time.monotonic(); `body_arrived`; and
    `bytes_to_encode`, see `encode_request_line`.
    """

    _incomplete: dict[TConn, _Progress]

    def init_process(self) -> None:
        self._incomplete = {}
        super().init_process()

    def enqueue_req(self, connection: TConn) -> None:
        """Called in the main thread when a connection is new or readable."""
        data = self._peek(connection)
        if data is None:  # closed or broken: gunicorn's parser finds the end and cleans up
            self._submit(connection, body_arrived=True, raw_bytes=False)
            return
        match framing(data):
            case Framing.INCOMPLETE:
                self._wait_for_more(connection)
            case Framing.EXPECTS_CONTINUE:
                self._continue(connection)
                self._wait_for_more(connection)
            case Framing.TOO_LARGE:
                self._incomplete.pop(connection)
                _send(connection, refusal.response(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE))
                self._close_when_client_does(connection)
            case state:
                raw_bytes = has_raw_bytes(data)
                self._submit(
                    connection, body_arrived=state is Framing.COMPLETE, raw_bytes=raw_bytes
                )

    def _continue(self, connection: TConn) -> None:
        progress = self._incomplete[connection]
        if not progress.continued:
            _send(connection, _CONTINUE)
            self._incomplete[connection] = progress._replace(continued=True)

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

    def _submit(self, connection: TConn, *, body_arrived: bool, raw_bytes: bool) -> None:
        """Give the connection to a thread."""
        progress = self._incomplete.pop(connection, None)
        connection.bytes_to_encode = progress.received if progress and raw_bytes else None
        connection.arrived, connection.body_arrived = time.monotonic(), body_arrived
        connection.data_ready = True
        set_option(connection, socket.SO_RCVLOWAT, 1)
        super().enqueue_req(connection)

    def _close(self, connection: TConn) -> None:
        self._incomplete.pop(connection, None)
        super()._close(connection)


def _send(connection: TConn, data: bytes) -> None:
    """Sends what the socket's buffer takes; a client that has gone is noticed later."""
    with contextlib.suppress(OSError):
        connection.sock.send(data)


def encode_request_line(connection: TConn) -> None:
    """Percent-encodes a request line that has other bytes than ASCII, in the parser's buffer.

    The socket has `bytes_to_encode` bytes of such a request; None if there is nothing to encode.
    """
    received = connection.bytes_to_encode
    if received is None:
        return
    connection.init()
    unreader = connection.parser.unreader
    data = unreader.take_buffered() + (connection.sock.recv(received) if received else b"")
    unreader.unread(percent_encode(data))
