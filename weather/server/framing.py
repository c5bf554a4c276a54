"""How much of an HTTP/1.1 request has arrived (RFC 9112), judged by the bytes received so far.

gunicorn's parser blocks its thread until a request is complete, so the worker looks here first.
"""

from __future__ import annotations

import re
from enum import Enum

MAX_REQUEST = 1 << 16  # bytes, head and body
MAX_BODY = 16_000  # bytes; the application refuses forms above 10,000
_END_OF_HEAD = b"\r\n\r\n"
_UNKNOWN = 1 << 62  # bytes, more than any request has
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*0*(\d+)", re.IGNORECASE)
_CONTENT_LENGTH_NAME, _TRANSFER_ENCODING = b"\r\ncontent-length:", b"\r\ntransfer-encoding:"
_EXPECT = re.compile(rb"\r\nexpect:[ \t]*([^\r\n]*)", re.IGNORECASE)
# An empty line may stand before the request line (RFC 9112, 2.2).
_REQUEST_LINE = re.compile(rb"(?:\r\n)?([^ \r\n]*)[^\r\n]* HTTP/1\.([0-9])(?:\r\n|$)")


class Framing(Enum):
    INCOMPLETE = "more bytes must arrive"
    EXPECTS_CONTINUE = "the head has arrived; the client sends its body after 100 (Continue)"
    COMPLETE = "the head and the whole body have arrived"
    UNREAD_BODY = "the head has arrived; the body is not waited for"
    TOO_LARGE = "more than MAX_REQUEST bytes, and still incomplete"


class RequestBuffer:
    """The received bytes from the first byte of a request on, which may extend into the next
    request. Each byte is examined once, however many pieces they arrive in."""

    __slots__ = ("_end", "_waiting", "data")

    def __init__(self) -> None:
        self.data = bytearray()
        self._end = -1  # where the body ends; -1 until the head has arrived
        self._waiting = Framing.INCOMPLETE  # the state until then

    @property
    def has_head(self) -> bool:
        return self._end >= 0

    @property
    def is_alone(self) -> bool:
        """Whether nothing of a next request has arrived."""
        return len(self.data) == self._end

    def add(self, received: bytes) -> Framing:
        """Appends what has arrived; `received` may be empty."""
        # The end of the head may have begun in the bytes before.
        start = max(len(self.data) - len(_END_OF_HEAD) + 1, 0)
        self.data += received
        if self._end < 0 and (end := self.data.find(_END_OF_HEAD, start)) >= 0:
            self._read_head(bytes(self.data[:end]))
        if 0 <= self._end <= len(self.data):
            return Framing.COMPLETE
        if self._waiting is Framing.UNREAD_BODY:
            return Framing.UNREAD_BODY
        return Framing.TOO_LARGE if len(self.data) >= MAX_REQUEST else self._waiting

    def _read_head(self, head: bytes) -> None:
        length = _body_length(head)
        self._end = _UNKNOWN if length is None else len(head) + len(_END_OF_HEAD) + length
        if length is None:
            self._waiting = Framing.UNREAD_BODY
        elif length and (expectations := _EXPECT.findall(head)):
            self._waiting = _with_expectations(head, expectations)


def _body_length(head: bytes) -> int | None:
    """Bytes; None if the body is longer than MAX_BODY or of unknown length."""
    names = head.lower()
    if _TRANSFER_ENCODING in names:
        return None
    if _CONTENT_LENGTH_NAME not in names:  # as in nearly all requests
        return 0
    match = _CONTENT_LENGTH.search(head)
    # Nine digits are more than MAX_BODY, and int() of thousands of digits raises ValueError.
    length = int(match[1][:9]) if match else 0
    return length if length <= MAX_BODY else None


def _with_expectations(head: bytes, expectations: list[bytes]) -> Framing:
    """The state of a request without its body that has Expect fields (RFC 9110, 10.1.1)."""
    if any(value.strip().lower() != b"100-continue" for value in expectations):
        return Framing.UNREAD_BODY  # the response is 417
    match = _REQUEST_LINE.match(head)
    if match is None or match[2] == b"0":  # of HTTP/1.0 the expectation is ignored
        return Framing.INCOMPLETE
    # Only forms are read: the response to any other method does not depend on the body, and is
    # the final one instead of 100 (Continue).
    return Framing.EXPECTS_CONTINUE if match[1] == b"POST" else Framing.UNREAD_BODY
