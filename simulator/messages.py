"""What the server hears and says: one request, one response, and JSON as the providers write it."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.client import NOT_MODIFIED, responses
from struct import pack, unpack


@dataclass(frozen=True)
class Request:
    """One recorded request. `path` stands below the provider's prefix, header names are lower case
    and a repeated query key is joined with commas, as Open-Meteo reads it."""

    provider: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    time: datetime
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    """A whole answer before it is framed. `chunked` providers send no Content-Length."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    chunked: bool = False

    def with_body(self, body: bytes) -> "Response":
        return replace(self, body=body)

    def encoded_for(self, request: Request) -> "Response":
        """Gzip when the client asked for it and nothing else encoded the body before."""
        wanted = "gzip" in request.headers.get("accept-encoding", "")
        if not wanted or not self.body or "Content-Encoding" in self.headers:
            return self
        headers = {"Vary": "Accept-Encoding", **self.headers, "Content-Encoding": "gzip"}
        return replace(self, body=gzip.compress(self.body, 1), headers=headers)

    def head(self, *, close: bool = False) -> bytes:
        """Status line and headers. `self.body` must already be what is sent, for its length."""
        lines = [f"HTTP/1.1 {self.status} {responses.get(self.status, 'Unknown')}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.status != NOT_MODIFIED:
            lines.append(f"Content-Type: {self.content_type}")
            length = f"Content-Length: {len(self.body)}"
            lines.append("Transfer-Encoding: chunked" if self.chunked else length)
        lines.append(f"Connection: {'close' if close else 'keep-alive'}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def framed_body(self) -> bytes:
        if not self.chunked:
            return self.body
        return (chunk(self.body) if self.body else b"") + b"0\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


class Raw(str):
    """A JSON token that is already text, for numbers whose decimals must stay as written."""


def fixed(value: float | None, decimals: int) -> Raw:
    """A number with exactly so many decimals, `null` when there is none; never -0."""
    if value is None:
        return Raw("null")
    text = f"{value:.{decimals}f}"
    return Raw(text.removeprefix("-") if float(text) == 0 else text)


def float32(value: float) -> Raw:
    """The shortest text that names the same 32-bit float: 13.419998, 52.52, 0.0."""
    exact: float = unpack("f", pack("f", value))[0]
    for digits in range(1, 10):
        text = f"{exact:.{digits}g}"
        if unpack("f", pack("f", float(text)))[0] == exact:
            break
    return Raw(repr(float(text)))


def dump(value: object) -> str:
    """JSON without blanks and with non-ASCII letters as they are."""
    if isinstance(value, Raw):
        return value
    if isinstance(value, dict):
        return "{" + ",".join(f"{dump(key)}:{dump(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(dump, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def json_response(
    value: object, status: int = 200, content_type: str = "application/json; charset=utf-8"
) -> Response:
    return Response(status, dump(value).encode(), content_type)
