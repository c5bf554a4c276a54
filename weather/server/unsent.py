"""Sending responses without waiting for the client.

A thread sends what the socket's buffer takes. The rest is sent by the poller as the client
receives, so that a client that does not read occupies no thread.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable

_MOST_BUFFERS = 64  # for one system call; Linux allows 1,024


class Unsent:
    """The bytes of a response that the client has not received, uncopied: responses from the
    cache share their body."""

    __slots__ = ("_buffers", "size")

    def __init__(self, buffers: Iterable[bytes] = ()) -> None:
        self._buffers: list[bytes | memoryview] = [buffer for buffer in buffers if buffer]
        self.size = sum(map(len, self._buffers))

    def __bool__(self) -> bool:
        return self.size > 0

    def send(self, sock: socket.socket) -> None:
        """Sends what the socket's buffer takes, also if the socket is in blocking mode. Raises
        `OSError` if the client has gone."""
        while self._buffers:
            try:
                sent = sock.sendmsg(self._buffers[:_MOST_BUFFERS], [], socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            if not self._advance(sent):
                return

    def _advance(self, sent: int) -> bool:
        """Whether whole buffers were sent, so that there may be room for more."""
        self.size -= sent
        while self._buffers and sent >= len(self._buffers[0]):
            sent -= len(self._buffers.pop(0))
        if sent:
            self._buffers[0] = memoryview(self._buffers[0])[sent:]
        return not sent


class ResponseWriter:
    """Stands for the socket where gunicorn writes a response: collects it."""

    def __init__(self) -> None:
        self.buffers: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        self.buffers.append(data)
