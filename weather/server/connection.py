"""A client's connection, from accept to close."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gunicorn import http
from gunicorn.config import Config
from gunicorn.workers.gthread import TConn

from weather.server.exchange import Exchange
from weather.server.framing import RequestBuffer
from weather.server.unsent import Unsent

if TYPE_CHECKING:
    from weather.server.waiting import Waiting


def _nothing() -> None:
    pass


class Connection(TConn):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's connection with a parser that never waits for the socket. The socket is in
    non-blocking mode all the time."""

    sock: socket.socket
    client: Any
    parser: Any
    network: bytes | None = None  # of the client, if the connection counts against its limit

    def __init__(self, cfg: Config, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, sock, client, server)
        self.request = RequestBuffer()  # that arrives, until a thread serves it
        self.continued = False  # 100 (Continue) was sent
        self.buffered = 0  # bytes of `request`, as long as it is incomplete
        self.arrived = 0.0  # time.monotonic() at which the request was complete
        self.body_arrived = True
        self.exchange: Exchange | None = None  # its response is not complete
        self.unsent = Unsent()
        self.waiting: Waiting | None = None  # in the poller
        self.on_close: Callable[[], object] = _nothing

    def start_parser(self, received: bytes) -> None:
        """The parser gets these bytes and then the end of the stream, so that it cannot wait for
        a client. They replace `request`, which is freed."""
        if self.parser is None:
            self.parser = http.get_parser(self.cfg, (), self.client)
        self.parser.unreader.unread(received)
        self.request = RequestBuffer()

    def take_read_ahead(self) -> bytes:
        """What the parser has received and not read: the beginning of the next request."""
        ahead: bytes = self.parser.unreader.take_buffered() if self.parser else b""
        return ahead

    def close(self, graceful: bool = False) -> None:
        on_close, self.on_close = self.on_close, _nothing
        on_close()
        super().close(graceful)
