"""The delivery of a response: whole, or with a fault of the network."""

import os
import select
import socket
import struct
from collections.abc import Callable, Iterator
from threading import Event

from .messages import Response, chunk

NOTHING = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 seconds: closing sends RST instead of FIN
TICK = 0.02


class Wire:
    """The client's connection. `released` is set by `heal` and ends every wait."""

    def __init__(self, connection: socket.socket, released: Event) -> None:
        self.connection, self.released = connection, released
        self.closing = False

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def wait(self, seconds: float) -> None:
        self.released.wait(seconds)

    def hang(self) -> None:
        """Sends nothing until the fault is healed or the client closes."""
        while not self.released.wait(TICK) and not self.client_has_closed():
            pass
        self.closing = True

    def client_has_closed(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def reset(self) -> None:
        """Sends RST. Closes the descriptor: the socket's file objects would defer its `close`."""
        self.closing = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOTHING)
        os.close(self.connection.detach())


Delivery = Callable[[Wire, Response], None]


def whole(wire: Wire, response: Response) -> None:
    wire.send(response.head() + response.framed_body())


def head_only(wire: Wire, response: Response) -> None:
    """The response to HEAD."""
    wire.send(response.head())


def nothing(wire: Wire, response: Response) -> None:
    """Closes the connection without a byte."""
    wire.closing = True


def silence(wire: Wire, response: Response) -> None:
    wire.hang()


def reset(wire: Wire, response: Response) -> None:
    wire.reset()


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def dripping(size: int, pause: float, *, headers: bool = False) -> Delivery:
    """The headers, or the body, in pieces of `size` bytes with a `pause` in seconds after each."""

    def deliver(wire: Wire, response: Response) -> None:
        head, body = response.head(), response.framed_body()
        slow, quick = (head, body) if headers else (body, b"")
        wire.send(b"" if headers else head)
        for piece in pieces(slow, max(size, 1)):
            wire.send(piece)
            wire.wait(pause)
        wire.send(quick)

    return deliver


def cut(length: int) -> Delivery:
    """The first `length` bytes of the body, then the end of the connection."""

    def deliver(wire: Wire, response: Response) -> None:
        wire.closing = True
        wire.send(response.head(close=True) + response.framed_body()[:length])

    return deliver


def late_close(seconds: float) -> Delivery:
    """A response without length, ended by closing the connection after `seconds`."""

    def deliver(wire: Wire, response: Response) -> None:
        wire.closing = True
        head = response.head(close=True).split(b"\r\n")
        length = (b"content-length", b"transfer-encoding")
        without_length = [line for line in head if not line.lower().startswith(length)]
        wire.send(b"\r\n".join(without_length) + response.body)
        wire.wait(seconds)

    return deliver


def endless(wire: Wire, response: Response) -> None:
    """Chunks until the client closes or the fault is healed."""
    wire.closing = True
    plain = {name: value for name, value in response.headers.items() if name == "Location"}
    head = Response(response.status, b"", response.content_type, plain, chunked=True).head()
    wire.send(head + chunk(b'{"padding":"'))
    while not wire.released.is_set():
        wire.send(chunk(b"x" * 16_384))
