"""One exchange of bytes on a socket, and whether what comes is well-formed HTTP (RFC 9112)."""

from __future__ import annotations

import gzip
import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass

PATIENCE = 30.0  # seconds; far above the deadline of a response
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2}) [ -~]*")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([\t -~\x80-\xff]*)")
_WITHOUT_BODY = frozenset({204, 304})


class MalformedError(AssertionError):
    """Bytes that are no HTTP response."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def content(self) -> bytes:
        """The body without its coding."""
        return gzip.decompress(self.body) if "content-encoding" in self.headers else self.body


def exchange(port: int, request: bytes) -> bytes:
    """All that comes until the server closes, or is silent after the request's end."""
    received = bytearray()
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        with suppress(OSError):  # the server may close before it has read everything
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        end = time.monotonic() + PATIENCE
        with suppress(ConnectionResetError):
            while piece := connection.recv(1 << 16):
                received += piece
                if time.monotonic() > end:
                    raise MalformedError("the response does not end")
    return bytes(received)


def parsed(received: bytes, *, head: bool) -> list[Answer]:
    """The responses on a connection, none where it was closed without one. `head`: the request
    was one that has no body in its response. Raises `MalformedError`."""
    answers = []
    while received:
        answer, received = _first(received, head=head)
        answers.append(answer)
    return answers


def _first(received: bytes, *, head: bool) -> tuple[Answer, bytes]:
    top, blank, rest = received.partition(b"\r\n\r\n")
    if not blank:
        raise MalformedError(f"no end of the head: {received[:200]!r}")
    first, *lines = top.split(b"\r\n")
    match = _STATUS.fullmatch(first)
    if not match:
        raise MalformedError(f"no status line: {first!r}")
    status, headers = int(match[1]), _headers(lines)
    if status < 200:
        return Answer(status, headers, b""), rest
    if status in _WITHOUT_BODY:
        return Answer(status, headers, b""), rest
    if headers.get("transfer-encoding"):
        raise MalformedError("chunks, which no response needs")
    if "content-length" not in headers:
        if head or headers.get("connection") == "close":
            return Answer(status, headers, rest), b""
        raise MalformedError(f"no length: {top!r}")
    # What was refused before it was understood may have a body whatever its method; the
    # connection ends with it, so that nothing after it can be taken for another response.
    refused = status >= 400 and headers.get("connection") == "close" and bool(rest)
    length = 0 if head and not refused else int(headers["content-length"])
    if len(rest) < length:
        raise MalformedError(f"{len(rest)} bytes of {length}: {top!r}")
    return Answer(status, headers, rest[:length]), rest[length:]


def _headers(lines: list[bytes]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        match = _FIELD.fullmatch(line)
        if not match:
            raise MalformedError(f"no header: {line!r}")
        name = match[1].decode().lower()
        if name in headers and name in {"content-length", "content-type", "location"}:
            raise MalformedError(f"{name} twice")
        headers[name] = match[2].decode("latin-1")
    return headers
