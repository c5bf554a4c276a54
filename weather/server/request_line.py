"""The first line of an HTTP/1.1 request (RFC 9112, 3), in bytes as received."""

from __future__ import annotations

import re

_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def has_raw_bytes(data: bytes) -> bool:
    """Whether the request line has bytes that are no ASCII, which a URI cannot have."""
    return not _split(data)[1].isascii()


def percent_encode(data: bytes) -> bytes:
    """The request with such bytes percent-encoded (RFC 3986, 2.1); all else is unchanged.

    `GET /Malmö` is typed in terminals and sent as it is; gunicorn refuses it.
    """
    before, line, rest = _split(data)
    method, space, others = line.partition(b" ")
    encoded = _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], others)
    return before + method + space + encoded + rest


def _split(data: bytes) -> tuple[bytes, bytes, bytes]:
    """What is before the request line, the line, and what is after it."""
    # An empty line may stand before it (RFC 9112, 2.2).
    before = b"\r\n" if data.startswith(b"\r\n") else b""
    end = data.find(b"\r\n", len(before))
    end = len(data) if end < 0 else end
    return before, data[len(before) : end], data[end:]
