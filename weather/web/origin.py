"""Whether an origin is that of this service (RFC 6454)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Request

from weather.web.public_address import PublicAddress

_PORTS = {"http": 80, "https": 443}


def is_own(url: str, request: Request, public: PublicAddress | None) -> bool:
    """Whether a URL, or an origin, is of the host that the request names, or of PUBLIC_URL. The
    scheme that a client used is unknown behind a proxy that is not trusted."""
    authority = _authority(url)
    if authority is None:
        return False
    scheme, _, _ = url.partition(":")
    own = [public.origin] if public else []
    if public is None or _is_local(request.host):
        own.append(f"{scheme}://{request.host}")
    return authority in map(_authority, own)


def _is_local(host: str) -> bool:
    """Whether a host is an address, or a name of one label. With PUBLIC_URL another name may be
    of a page whose DNS record was changed to our address (DNS rebinding)."""
    name = urlsplit(f"//{host}").hostname or ""
    return "." not in name or ":" in name or name.replace(".", "").isdigit()


def is_foreign(request: Request, public: PublicAddress | None) -> bool:
    """Whether a script of another origin sent the request."""
    origin = request.headers.get("Origin")
    return origin is not None and not is_own(origin, request, public)


def _authority(url: str) -> tuple[str, int] | None:
    """Host and port; None where there is none (`null`, `file:`)."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.hostname, port) if parts.hostname else None
