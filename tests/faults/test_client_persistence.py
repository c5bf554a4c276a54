"""What a response says of its connection (RFC 9112, 9.3) is what happens to it, and every request
whose head has arrived is answered."""

from __future__ import annotations

import re
import socket

import pytest

from tests.faults.test_clients import FORM, GET, clients, read_all, warm
from tests.processes import Service

BODY = b"back=%2FParis&units=metric"
LENGTH = f"Content-Length: {len(BODY)}\r\n".encode()
__all__ = ["warm"]  # a fixture
EXPECT = b"Expect: 100-continue\r\n"
OLD = GET.replace(b"1.1", b"1.0")
NEXT = GET + b"Connection: close\r\n\r\n"
# The request, the status of its response, and whether the connection goes on.
REQUESTS: dict[str, tuple[bytes, int, bool]] = {
    "plain": (GET + b"\r\n", 200, True),
    "HEAD": (GET.replace(b"GET", b"HEAD") + b"\r\n", 200, True),
    "close": (GET + b"Connection: close\r\n\r\n", 200, False),
    "close, TE": (GET + b"Connection: close, TE\r\nTE: trailers\r\n\r\n", 200, False),
    "TE , Close": (GET + b"Connection: TE , Close\r\nTE: trailers\r\n\r\n", 200, False),
    "close in a second field": (GET + b"Connection: TE\r\nConnection: close\r\n\r\n", 200, False),
    "keep-alive and close": (GET + b"Connection: keep-alive, close\r\n\r\n", 200, False),
    "keep-alive, TE": (GET + b"Connection: keep-alive, TE\r\n\r\n", 200, True),
    "closed": (GET + b"Connection: closed\r\n\r\n", 200, True),
    "HTTP/1.0": (OLD + b"\r\n", 200, False),
    "HTTP/1.0 keep-alive": (OLD + b"Connection: Keep-Alive\r\n\r\n", 200, True),
    "HTTP/1.0 keep-alive, TE": (OLD + b"Connection: keep-alive, TE\r\n\r\n", 200, False),
    "HTTP/1.0 keep-alive, close": (OLD + b"Connection: keep-alive, close\r\n\r\n", 200, False),
    "upgrade to HTTP/2": (
        GET
        + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
        + b"HTTP2-Settings: AAMAAABk\r\n\r\n",
        200,
        True,
    ),
    "upgrade to a WebSocket": (
        GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n",
        200,
        True,
    ),
    "an empty body": (GET + b"Content-Length: 0\r\n\r\n", 200, True),
    "a GET with a body": (GET + LENGTH + b"\r\n" + BODY, 200, True),
    "a form": (FORM + LENGTH + b"\r\n" + BODY, 303, True),
    "a form that is too large": (FORM + b"Content-Length: 1000000\r\n\r\n" + BODY, 413, False),
    "a GET with a large body": (GET + b"Content-Length: 1000000\r\n\r\n", 200, False),
    "a GET in chunks": (GET + b"Transfer-Encoding: chunked\r\n\r\n", 200, False),
    "Expect without a body": (GET + EXPECT + b"\r\n", 200, True),
    "Expect with an empty body": (FORM + EXPECT + b"Content-Length: 0\r\n\r\n", 303, True),
    "Expect of a GET, without its body": (GET + EXPECT + LENGTH + b"\r\n", 200, False),
    "Expect of a HEAD, without its body": (
        GET.replace(b"GET", b"HEAD") + EXPECT + LENGTH + b"\r\n",
        200,
        False,
    ),
    "Expect of a PUT, without its body": (
        FORM.replace(b"POST", b"PUT") + EXPECT + LENGTH + b"\r\n",
        405,
        False,
    ),
    "Expect of a form that is too large": (
        FORM + EXPECT + b"Content-Length: 1000000\r\n\r\n",
        413,
        False,
    ),
    "Expect of HTTP/1.0": (OLD + EXPECT + b"\r\n", 200, False),
    "another expectation": (GET + b"Expect: tea\r\n\r\n", 417, False),
    "another expectation, without the body": (
        FORM + b"Expect: tea\r\n" + LENGTH + b"\r\n",
        417,
        False,
    ),
    "two expectations, without the body": (
        FORM + EXPECT + b"Expect: tea\r\n" + LENGTH + b"\r\n",
        417,
        False,
    ),
    "no HTTP": (b"NO HTTP\r\n\r\n", 400, False),
    "a malformed field": (GET + b"no field\r\n\r\n", 400, False),
    "a body of another form": (GET + b"Transfer-Encoding: tea\r\n\r\n", 501, False),
}


@pytest.mark.parametrize(("request_bytes", "status", "goes_on"), REQUESTS.values(), ids=REQUESTS)
def test_a_connection_goes_on_or_ends_as_its_response_says(
    warm: Service, request_bytes: bytes, status: int, goes_on: bool
) -> None:
    with clients(warm) as [client]:
        client.sendall(request_bytes)
        head = _head(client)
        assert head.split(b" ")[1] == str(status).encode()
        said = re.search(rb"\r\nConnection: ([a-z-]+)\r\n", head + b"\r\n")
        assert said is not None
        assert said[1] == (b"keep-alive" if goes_on else b"close")
        if goes_on:
            client.sendall(NEXT)
        rest = read_all(client)
        assert rest.count(b"HTTP/1.1 200 OK") == goes_on


def test_a_form_is_sent_after_100_continue(warm: Service) -> None:
    with clients(warm) as [client]:
        client.sendall(FORM + EXPECT + b"Connection: close\r\n" + LENGTH + b"\r\n")
        assert _head(client) == b"HTTP/1.1 100 Continue"
        client.sendall(BODY)
        assert read_all(client).startswith(b"HTTP/1.1 303")


@pytest.mark.parametrize("expect", [b"", EXPECT], ids=["plain", "after 100 Continue"])
def test_a_form_that_does_not_come_is_answered_at_its_timeout(warm: Service, expect: bytes) -> None:
    with clients(warm) as [client]:
        client.sendall(FORM + expect + LENGTH + b"\r\n" + BODY[:5])
        response = b""
        while data := client.recv(1000):  # not reset
            response += data
    response = response.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert response.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert b"\r\nConnection: close\r\n" in response
    assert b"Set-Cookie" not in response, "half a form saves nothing"


def _head(client: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        data = client.recv(1)
        assert data, f"closed without a response: {head!r}"
        head += data
    return head[:-4]
