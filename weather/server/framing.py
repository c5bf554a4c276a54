"""How much of an HTTP/1.1 request has arrived (RFC 9112), judged by the bytes received so far.

gunicorn's parser blocks its thread until a request is complete, so the worker asks here first.
"""

from __future__ import annotations

import re
from enum import Enum

MAX_REQUEST = 1 << 16  # bytes, head and body
MAX_BODY = 16_000  # bytes; the application refuses forms above 10,000
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*0*(\d+)", re.IGNORECASE)
_TRANSFER_ENCODING = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
# RFC 9110, 10.1.1: of HTTP/1.0 the expectation is ignored.
_EXPECTS_CONTINUE = re.compile(
    rb"(?:\r\n)?[^\r\n]* HTTP/1\.[1-9]\r\n(?:.*\r\n)?expect:[ \t]*100-continue[ \t]*(?:\r\n|$)",
    re.IGNORECASE | re.DOTALL,
)


class Framing(Enum):
    INCOMPLETE = "more bytes must arrive"
    EXPECTS_CONTINUE = "the head has arrived; the client sends its body after 100 (Continue)"
    COMPLETE = "the head and the whole body have arrived"
    UNREAD_BODY = "the head has arrived; the body is chunked or too long, and is not waited for"
    TOO_LARGE = "more than MAX_REQUEST bytes, and still incomplete"


def framing(data: bytes) -> Framing:
    """`data` starts at the first byte of a request and may extend into the next one."""
    head, end, body = data.partition(b"\r\n\r\n")
    length = _body_length(head)
    if end and length is None:
        return Framing.UNREAD_BODY
    if end and length is not None and len(body) >= length:
        return Framing.COMPLETE
    if end and _EXPECTS_CONTINUE.match(head):
        return Framing.EXPECTS_CONTINUE
    return Framing.INCOMPLETE if len(data) < MAX_REQUEST else Framing.TOO_LARGE


def _body_length(head: bytes) -> int | None:
    """Bytes; None if the body is longer than MAX_BODY or of unknown length."""
    if _TRANSFER_ENCODING.search(head):
        return None
    match = _CONTENT_LENGTH.search(head)
    # Nine digits are more than MAX_BODY, and int() of thousands of digits raises ValueError.
    length = int(match[1][:9]) if match else 0
    return length if length <= MAX_BODY else None
