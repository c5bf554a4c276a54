"""Requests, responses, and JSON in the providers' notation."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.client import NOT_MODIFIED, responses
from struct import pack, unpack


@dataclass(frozen=True)
class Request:
    """One recorded request. `path` is without the provider's prefix, header names are in lower
    case, and the values of a repeated query key are joined with commas, as Open-Meteo does."""

    provider: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    time: datetime
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    """A response before it is framed; without Content-Length if `chunked`."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    chunked: bool = False

    def with_body(self, body: bytes) -> "Response":
        return replace(self, body=body)

    def encoded_for(self, request: Request) -> "Response":
        """With gzip if the client accepts it and the body has no other encoding."""
        accepted = "gzip" in request.headers.get("accept-encoding", "")
        if not accepted or not self.body or "Content-Encoding" in self.headers:
            return self
        headers = {"Vary": "Accept-Encoding", **self.headers, "Content-Encoding": "gzip"}
        return replace(self, body=gzip.compress(self.body, 1), headers=headers)

    def head(self, *, close: bool = False) -> bytes:
        """Status line and headers; Content-Length is that of `self.body`."""
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
    """A JSON token in its final notation: a number with a fixed number of decimals."""


def fixed(value: float | None, decimals: int) -> Raw:
    """`value` with exactly `decimals` decimals, never -0; `null` for None."""
    if value is None:
        return Raw("null")
    text = f"{value:.{decimals}f}"
    return Raw(text.removeprefix("-") if float(text) == 0 else text)


def float32(value: float) -> Raw:
    """The shortest notation of the same 32-bit float: 13.419998, 52.52, 0.0."""
    exact: float = unpack("f", pack("f", value))[0]
    for digits in range(1, 10):
        text = f"{exact:.{digits}g}"
        if unpack("f", pack("f", float(text)))[0] == exact:
            break
    return Raw(repr(float(text)))


def dump(value: object) -> str:
    """JSON without blanks; non-ASCII letters are not escaped."""
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
