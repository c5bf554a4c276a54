"""How much of a request has arrived."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.server.framing import MAX_BODY, MAX_REQUEST, Framing, RequestBuffer

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /settings HTTP/1.1\r\nHost: x\r\n"
EXPECT = b"Expect: 100-continue\r\n"


def framing(data: bytes) -> Framing:
    return RequestBuffer().add(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Framing.INCOMPLETE),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", Framing.INCOMPLETE),
        (GET, Framing.COMPLETE),
        (GET + b"GET / HT", Framing.COMPLETE),
        (b"GET /\r\n\r\n", Framing.COMPLETE),
        (POST + b"Content-Length: 3\r\n\r\n", Framing.INCOMPLETE),
        (POST + b"Content-Length: 3\r\n\r\nab", Framing.INCOMPLETE),
        (POST + b"Content-Length: 3\r\n\r\nabc", Framing.COMPLETE),
        (POST + b"Content-Length: 3\r\n\r\nabcd", Framing.COMPLETE),
        (POST + b"CONTENT-LENGTH:\t0003\r\n\r\nabc", Framing.COMPLETE),
        (POST + b"X-Content-Length: 3\r\n\r\n", Framing.COMPLETE),
        (POST + b"Content-Length: none\r\n\r\n", Framing.COMPLETE),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n", Framing.UNREAD_BODY),
        (POST + b"transfer-encoding: x\r\nContent-Length: 3\r\n\r\n", Framing.UNREAD_BODY),
        (POST + b"Content-Length: 16000\r\n\r\n", Framing.INCOMPLETE),
        (POST + b"Content-Length: 16001\r\n\r\n", Framing.UNREAD_BODY),
        (POST + b"Content-Length: " + b"9" * 10_000 + b"\r\n\r\n", Framing.UNREAD_BODY),
        (POST + EXPECT + b"Content-Length: 3\r\n\r\n", Framing.EXPECTS_CONTINUE),
        (POST + b"Content-Length: 3\r\n" + EXPECT + b"\r\nab", Framing.EXPECTS_CONTINUE),
        (b"\r\n" + POST + EXPECT + b"Content-Length: 3\r\n\r\n", Framing.EXPECTS_CONTINUE),
        (POST + b"eXPECT:100-Continue\r\nContent-Length: 3\r\n\r\n", Framing.EXPECTS_CONTINUE),
        (POST + b"Content-Length: 3\r\n" + EXPECT + b"\r\nabc", Framing.COMPLETE),
        (POST + EXPECT + b"\r\n", Framing.COMPLETE),
        (POST + EXPECT + b"Content-Length: 16001\r\n\r\n", Framing.UNREAD_BODY),
        (POST + EXPECT + b"Transfer-Encoding: chunked\r\n\r\n", Framing.UNREAD_BODY),
        (POST + EXPECT + b"Content-Length: 3\r\n", Framing.INCOMPLETE),
        (POST + b"X-Expect: 100-continue\r\nContent-Length: 3\r\n\r\n", Framing.INCOMPLETE),
        (POST + b"Expect: 100-continued\r\nContent-Length: 3\r\n\r\n", Framing.UNREAD_BODY),
        (POST + EXPECT + b"Expect: x\r\nContent-Length: 3\r\n\r\n", Framing.UNREAD_BODY),
        (POST + b"Expect:\r\nContent-Length: 3\r\n\r\n", Framing.UNREAD_BODY),
        (POST + b"Expect: x\r\n\r\n", Framing.COMPLETE),
        (GET[:-2] + EXPECT + b"Content-Length: 3\r\n\r\n", Framing.UNREAD_BODY),
        (GET[:-2] + EXPECT + b"Content-Length: 3\r\n\r\nabc", Framing.COMPLETE),
        (b"PUT" + POST[4:] + EXPECT + b"Content-Length: 3\r\n\r\n", Framing.UNREAD_BODY),
        (
            POST.replace(b"1.1", b"1.0") + EXPECT + b"Content-Length: 3\r\n\r\n",
            Framing.INCOMPLETE,
        ),
        (GET[:-2] + b"X: " + b"x" * MAX_REQUEST, Framing.TOO_LARGE),
        (GET[:-2] + b"X: " + b"x" * MAX_REQUEST + b"\r\n\r\n", Framing.COMPLETE),
    ],
)
def test_framing(data: bytes, expected: Framing) -> None:
    assert framing(data) is expected


@given(st.binary(max_size=200), st.integers(0, MAX_BODY))
def test_a_request_is_complete_with_the_last_byte_of_its_body(body: bytes, spare: int) -> None:
    request = POST + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    for end in range(len(request)):
        assert framing(request[:end]) is Framing.INCOMPLETE
    assert framing(request + bytes(spare)) is Framing.COMPLETE


@given(st.lists(st.integers(1, 9)), st.sampled_from([b"", EXPECT, b"Expect: x\r\n"]), st.binary())
def test_the_pieces_in_which_a_request_arrives_make_no_difference(
    sizes: list[int], expect: bytes, body: bytes
) -> None:
    head = POST + expect + f"Content-Length: {len(body)}\r\n\r\n".encode()
    request = head + body + GET
    buffer, start = RequestBuffer(), 0
    for size in sizes:
        state = buffer.add(request[start : start + size])
        start = min(start + size, len(request))
        assert state is framing(request[:start])
        assert buffer.data == request[:start]
        assert buffer.has_head is (start >= len(head))


class CountingBytes(bytearray):
    """Counts the bytes that are searched."""

    searched = 0

    def find(self, sought: bytes, start: int = 0) -> int:  # type: ignore[override]
        self.searched += len(self) - start
        return super().find(sought, start)


def test_a_head_that_comes_byte_by_byte_is_searched_once() -> None:
    buffer = RequestBuffer()
    buffer.data = counted = CountingBytes()
    head = GET[:-2] + b"X: " + b"x" * 20_000 + b"\r\n\r\n"
    states = [buffer.add(head[place : place + 1]) for place in range(len(head))]
    assert states[-1] is Framing.COMPLETE
    assert set(states[:-1]) == {Framing.INCOMPLETE}
    assert counted.searched < 5 * len(head)
