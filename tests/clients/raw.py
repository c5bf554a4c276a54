"""Requests as the bytes that clients send, over a socket."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from http.client import HTTPResponse


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def content_type(self) -> str:
        return str(self.headers["Content-Type"])

    @property
    def text(self) -> str:
        return self.body.decode()


def send(port: int, target: bytes, **headers: str) -> Answer:
    """The response to `GET target`, with these headers (`User_Agent` is `User-Agent`) and Host."""
    fields = {"Host": "wttr.in", "Connection": "close"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}".encode() for name, value in fields.items()]
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        connection.sendall(b"\r\n".join((b"GET " + target + b" HTTP/1.1", *lines, b"", b"")))
        response = HTTPResponse(connection)
        response.begin()
        body = response.read()
    head = BytesParser().parsebytes(str(response.headers).encode())
    return Answer(response.status, head, body)
