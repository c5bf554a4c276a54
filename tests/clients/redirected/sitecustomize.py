"""Runs at the start of a client's Python, before the client: wttr.in and its subdomains are this
machine, and port 443 of this machine is that of `STAND_IN_PORT`. Nothing else can be reached."""

from __future__ import annotations

import os
import socket
from typing import Any

_PORT = int(os.environ["STAND_IN_PORT"])
_getaddrinfo = socket.getaddrinfo
_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if name == "wttr.in" or (name or "").endswith(".wttr.in"):
        host = "127.0.0.1"
    elif name not in {None, "127.0.0.1", "localhost"}:
        raise socket.gaierror(socket.EAI_NONAME, f"a client looks up {name}")
    options.pop("family", None)
    return _getaddrinfo(host, arguments[0] if arguments else options.pop("port", None),
                        socket.AF_INET, socket.SOCK_STREAM)  # fmt: skip


def _mapped(address: Any) -> Any:
    return ("127.0.0.1", _PORT) if tuple(address[:2]) == ("127.0.0.1", 443) else address


def connect(self: socket.socket, address: Any) -> None:
    _connect(self, _mapped(address))


def connect_ex(self: socket.socket, address: Any) -> int:
    return _connect_ex(self, _mapped(address))


socket.getaddrinfo = getaddrinfo
socket.socket.connect = connect  # type: ignore[method-assign,assignment]
socket.socket.connect_ex = connect_ex  # type: ignore[method-assign,assignment]
