"""The Host header (RFC 9112, 3.2; RFC 9110, 7.2)."""

from __future__ import annotations

import re
from ipaddress import IPv6Address

from flask import Request

_LONGEST_NAME = 255  # octets (RFC 1035, 2.3.4)
_HOST = re.compile(
    r"""
    (?: \[ (?P<ipv6> [^\]]* ) \]
      | (?P<name> [a-z0-9_-]{1,63} (?: \. [a-z0-9_-]{1,63} )* \.? )
    )
    (?: : (?P<port> [0-9]* ) )?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def is_valid(request: Request) -> bool:
    """Whether the request names the host as its version of HTTP demands: HTTP/1.1 must have the
    header, and whatever is in it must be a host's name or address, with a port or without."""
    host = request.environ.get("HTTP_HOST")
    if host is None:
        return str(request.environ.get("SERVER_PROTOCOL")) in {"HTTP/1.0", "HTTP/0.9"}
    return is_host(host)


def is_host(text: str) -> bool:
    """An empty host is refused: an http URI must name one (RFC 9110, 4.2.1)."""
    match = _HOST.fullmatch(text)
    if not match or len(match["name"] or "") > _LONGEST_NAME:
        return False
    if match["ipv6"] is not None and not _is_ipv6(match["ipv6"]):
        return False
    return int((match["port"] or "0")[:6]) <= 65535


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True
