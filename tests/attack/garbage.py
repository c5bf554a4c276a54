"""Responses that no provider should send: of the network, of HTTP, of its codings and of JSON."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from simulator import faults, payloads
from simulator.faults import Fault
from simulator.messages import Raw, Response
from simulator.wire import Wire
from tests.faults.test_every_fault import FAULTS
from tests.providers import hostile


def raw(data: bytes) -> Fault:
    """These bytes instead of a response, and the end of the connection."""

    def deliver(wire: Wire, response: Response) -> None:
        wire.closing = True
        wire.send(data)

    return Fault("raw", deliver=deliver)


def body(change: Callable[[bytes], bytes], **headers: str) -> Fault:
    """The body changed, with headers added (`_` for `-`)."""
    added = {name.replace("_", "-"): value for name, value in headers.items()}

    def changed(response: Response) -> Response:
        merged = {**response.headers, **added}
        return replace(response, body=change(response.body), headers=merged)

    return Fault("body", change=changed)


def headers(added: Mapping[str, str]) -> Fault:
    return Fault(
        "headers", change=lambda answer: replace(answer, headers={**answer.headers, **added})
    )


def values(token: str) -> Fault:
    """Every number replaced by a JSON token."""
    change = payloads.of_json(lambda value: payloads.numbers(value, lambda _: Raw(token)))
    return Fault("values", change=change)


def _repeated(value: Any) -> Any:
    """Each list with its items again and again, up to what is read of a response."""
    if isinstance(value, dict):
        return {name: _repeated(item) for name, item in value.items()}
    if isinstance(value, list) and value:
        return (value * (60_000 // len(value) + 1))[: 200_000 // len(json.dumps(value[0]))]
    return value


_OK = b"HTTP/1.1 200 OK\r\n"
GARBAGE: dict[str, Fault] = {
    **FAULTS,
    # HTTP
    "no HTTP": raw(b"SSH-2.0-OpenSSH_9.9\r\n"),
    "bytes": raw(bytes(range(256)) * 40),
    "no status": raw(b"HTTP/1.1\r\n\r\n"),
    "status 99": raw(b"HTTP/1.1 99 Odd\r\nContent-Length: 2\r\n\r\n{}"),
    "status 999": raw(b"HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n{}"),
    "only 100 Continue": raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "101": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
    "204": faults.status(204, ""),
    "206": faults.status(206, '{"a": 1}'),
    "304 unasked": faults.status(304, ""),
    "401": faults.status(401),
    "407": faults.status(407),
    "451": faults.status(451, "<html>"),
    "501": faults.status(501),
    "511": faults.status(511, faults.PAGE),
    "a header without end": raw(_OK + b"X-Long: " + b"x" * 200_000),
    "headers without end": raw(_OK + b"X-Many: x\r\n" * 20_000),
    "headers of odd bytes": raw(_OK + b"\xff\xfe: \0\r\nContent-Length: 2\r\n\r\n{}"),
    "a folded header": raw(_OK + b"X: a\r\n b\r\nContent-Length: 2\r\n\r\n{}"),
    "two lengths": raw(_OK + b"Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}"),
    "a negative length": raw(_OK + b"Content-Length: -1\r\n\r\n{}"),
    "a length in words": raw(_OK + b"Content-Length: two\r\n\r\n{}"),
    "a length without end": raw(_OK + b"Content-Length: 99999999999999999999\r\n\r\n{}"),
    "chunks of no size": raw(_OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}"),
    "a chunk of minus one": raw(_OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n"),
    "a chunk without end": raw(_OK + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n{}"),
    "chunks and a length": raw(_OK + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}"),
    "two responses": raw((_OK + b"Content-Length: 2\r\n\r\n{}") * 2),
    "odd dates": headers({"Expires": "0", "Last-Modified": "never", "Date": "x" * 5000}),
    "dates of other ages": headers({"Expires": "Mon, 01 Jan 0001 00:00:00 -2359"}),
    "an odd Retry-After": faults.status(429, "{}", {"Retry-After": "9" * 400}),
    "a Retry-After in words": faults.status(429, "{}", {"Retry-After": "-١٢"}),
    "an odd Location": faults.redirect("http://[::1", 302),
    "a local Location": faults.redirect("file:///etc/passwd", 307),
    "an odd type": faults.content_type('\x7f/;;charset="utf-999"'),
    # codings
    "gzip that is none": body(lambda data: b"no gzip", Content_Encoding="gzip"),
    "half of gzip": body(lambda data: gzip.compress(data)[:-20], Content_Encoding="gzip"),
    "gzip in gzip": body(lambda data: gzip.compress(gzip.compress(data)), Content_Encoding="gzip"),
    "deflate": body(lambda data: zlib.compress(data)[:40], Content_Encoding="deflate"),
    "an unknown coding": body(lambda data: data, Content_Encoding="rot13"),
    "codings without end": body(lambda data: data, Content_Encoding=", ".join(["gzip"] * 500)),
    # text
    "UTF-16": body(lambda data: data.decode().encode("utf-16")),
    "a byte order mark": body(lambda data: b"\xef\xbb\xbf" + data),
    "Latin-1": body(lambda data: data[:-1] + b',"x":"\xfc\xff"}'),
    "NUL after it": body(lambda data: data + b"\0" * 1000),
    "a second object": body(lambda data: data + data),
    "half of it": body(lambda data: data[: len(data) // 2]),
    "blanks": body(lambda data: b" " * 900_000),
    "JSON lines": body(lambda data: b'{"a": 1}\n' * 1000),
    "a script": body(lambda data: b"callback(" + data + b")"),
    # JSON
    "an open list": body(lambda data: b"[" * 900_000),
    "open objects": body(lambda data: b'{"a":' * 150_000),
    "keys without end": body(lambda data: b"{" + b'"a":1,' * 140_000 + b'"b":2}'),
    "many keys": body(lambda data: json.dumps({str(n): n for n in range(60_000)}).encode()),
    "lists without end": Fault("lists", change=payloads.of_json(_repeated)),
    "a text without end": body(lambda data: b'{"results":"' + b"x" * 900_000 + b'"}'),
    "one object in a list": body(lambda data: b"[{}]"),
    "text": faults.json_scalar("the weather is fine"),
    "true": faults.json_scalar(value=True),
    "nested results": faults.text(json.dumps({"results": [[[{}]]], "hourly": [], "current": 1})),
    "an error": faults.text(json.dumps({"error": True, "reason": {"a": ["\n\x1b[31m" * 999]}})),
    **{f"{name} for numbers": values(token) for name, token in hostile.VALUES.items()},
}
