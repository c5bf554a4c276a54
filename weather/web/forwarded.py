"""What the trusted proxies say of a request: its client, and the scheme, the host and the path
prefix that the client used.

X-Forwarded-For, -Proto, -Host and -Prefix are read, or Forwarded (RFC 7239) where there is no
X-Forwarded-For: nearly all proxies write the former, and pass on a Forwarded that a client made
up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from weather.core.dataclass import dataclass
from weather.core.ip_address import Address
from weather.web.client_address import (
    MOST_HOPS,
    SCHEMES,
    TrustedProxies,
    client_address,
    from_the_right,
    outermost,
    proxies_passed,
)
from weather.web.host import is_host

# Names of one or more folders: neither another host ("//evil.example") nor a way up ("/..").
_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]{1,100}){1,8}")
_LONGEST = 4000  # characters of Forwarded that are read, from its end
_PAIR = re.compile(r"""([A-Za-z]+)=("(?:[^"\\]|\\.)*"|[^;,"\s]+)""")
_ESCAPED = re.compile(r"\\(.)")

Headers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ForwardedClient:
    """The client's address, and what it requested; empty where no trusted proxy says so."""

    address: Address | None
    scheme: str = ""
    host: str = ""
    prefix: str = ""


def forwarded_client(environ: Headers, trusted: TrustedProxies) -> ForwardedClient:
    """Of a request's WSGI environment."""
    peer = environ.get("REMOTE_ADDR")
    forwarded_for = environ.get("HTTP_X_FORWARDED_FOR")
    if "HTTP_FORWARDED" in environ and forwarded_for is None:
        environ = _as_separate_headers(environ["HTTP_FORWARDED"])
        forwarded_for = environ["HTTP_X_FORWARDED_FOR"]
    address = client_address(peer, forwarded_for, trusted)
    proto = environ.get("HTTP_X_FORWARDED_PROTO", "")
    host = environ.get("HTTP_X_FORWARDED_HOST", "")
    prefix = environ.get("HTTP_X_FORWARDED_PREFIX", "")
    hops = proxies_passed(peer, forwarded_for, trusted) if proto or host or prefix else 0
    if not hops:
        return ForwardedClient(address)
    return ForwardedClient(
        address,
        _scheme(outermost(proto, hops)),
        _host(outermost(host, hops)),
        _prefix(prefix, hops),
    )


def is_prefix(path: str) -> bool:
    return _PREFIX.fullmatch(path) is not None


def _scheme(text: str) -> str:
    return text.lower() if text.lower() in SCHEMES else ""


def _host(text: str) -> str:
    return text if is_host(text) else ""


def _prefix(values: str, hops: int) -> str:
    """Each proxy that cuts a prefix off adds it to the header: together they are the public
    one."""
    added = reversed(from_the_right(values)[:hops])
    prefix = "".join(value.strip().rstrip("/") for value in added)
    return prefix if is_prefix(prefix) else ""


def _as_separate_headers(forwarded: str) -> Headers:
    """The parameters of Forwarded as X-Forwarded-* have them, an empty one where an element has
    none, so that they stay side by side."""
    elements = [_parameters(element) for element in _elements(forwarded[-_LONGEST:])]
    return {
        f"HTTP_X_FORWARDED_{header}": ",".join(element.get(name, "unknown") for element in elements)
        for header, name in (("FOR", "for"), ("PROTO", "proto"), ("HOST", "host"))
    }


def _elements(forwarded: str) -> list[str]:
    """The elements in their order, cut from the right: what a client wrote there, an open quote
    say, cannot reach into the elements that proxies have appended."""
    elements: list[str] = []
    end, quoted = len(forwarded), False
    for at in range(len(forwarded) - 1, -1, -1):
        if forwarded[at] == '"':
            quoted = not quoted
        elif forwarded[at] == "," and not quoted:
            elements.append(forwarded[at + 1 : end])
            end = at
            if len(elements) == MOST_HOPS:
                return elements[::-1]
    elements.append(forwarded[:end])
    return elements[::-1]


def _parameters(element: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for name, value in _PAIR.findall(element):
        text = _ESCAPED.sub(r"\1", value[1:-1]) if value.startswith('"') else value
        # A comma would be taken for the end of a value.
        parameters.setdefault(name.lower(), "unknown" if "," in text else text)
    return parameters
