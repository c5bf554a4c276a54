"""Request lines with bytes that are no ASCII."""

from __future__ import annotations

import pytest

from weather.server.request_line import has_raw_bytes, percent_encode

REST = b"\r\nHost: x\r\nX: \xff\r\n\r\n\xff"


@pytest.mark.parametrize(
    ("line", "encoded"),
    [
        (b"GET /\xc3\xa9 HTTP/1.1", b"GET /%C3%A9 HTTP/1.1"),
        (b"GET /\xff\x80?q=\xe5 HTTP/1.1", b"GET /%FF%80?q=%E5 HTTP/1.1"),
        (b"GET /%C3\xa9 HTTP/1.1", b"GET /%C3%A9 HTTP/1.1"),
        (b"\r\nGET /\xe9 HTTP/1.1", b"\r\nGET /%E9 HTTP/1.1"),
        (b"GET /\xe9 HTTP/1.\xe9", b"GET /%E9 HTTP/1.%E9"),
        (b"G\xe9T / HTTP/1.1", b"G\xe9T / HTTP/1.1"),
        (b"\xe9", b"\xe9"),
    ],
)
def test_the_target_is_percent_encoded_and_all_else_is_unchanged(
    line: bytes, encoded: bytes
) -> None:
    assert has_raw_bytes(line + REST)
    assert percent_encode(line + REST) == encoded + REST


@pytest.mark.parametrize("data", [b"", b"\r\n", b"GET / HTTP/1.1", b"GET /%E9 HTTP/1.1" + REST])
def test_an_ascii_request_line_needs_no_encoding(data: bytes) -> None:
    assert not has_raw_bytes(data)
    assert percent_encode(data) == data
