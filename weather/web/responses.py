"""From a rendered body to an HTTP answer: validators, freshness, compression, headers."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import Request, Response

from weather.core.models import Report
from weather.web.negotiation import Representation

CONTENT_TYPES = {
    Representation.HTML: "text/html; charset=utf-8",
    Representation.TEXT: "text/plain; charset=utf-8",
    Representation.JSON: "application/json",
    Representation.LINE: "text/plain; charset=utf-8",
}
SECURITY_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PAGE_HEADERS = {
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_STORE = {"Cache-Control": "no-store"}
_WORTH_COMPRESSING = 500  # bytes
_FOR_OUTAGES = "stale-if-error=3600"  # seconds; an answer names its hour, so no longer
_STALE_LIFETIME = timedelta(minutes=1)  # how soon to ask again while a provider is down


@dataclass(frozen=True, slots=True)
class Body:
    plain: bytes
    compressed: bytes | None

    @classmethod
    def of(cls, text: str) -> Body:
        # What cannot be encoded (half a surrogate pair) must not fail a whole page.
        plain = text.encode("utf-8", errors="replace")
        return cls(plain, gzip.compress(plain, 9, mtime=0) if _is_long(plain) else None)


def _is_long(body: bytes) -> bool:
    return len(body) >= _WORTH_COMPRESSING


class BodyCache:
    """Bodies by their validator, oldest out first: rendering costs more than all the rest."""

    def __init__(self, most: int = 512) -> None:
        self._bodies: OrderedDict[str, Body] = OrderedDict()
        self._most = most
        self._guard = threading.Lock()

    def get(self, key: str, render: Callable[[], str]) -> Body:
        body = self._bodies.get(key)
        if body is None:
            body = Body.of(render())
            with self._guard:
                self._bodies[key] = body
                while len(self._bodies) > self._most:
                    self._bodies.popitem(last=False)
        return body


def validator(report: Report, *shown: object) -> str:
    """What an answer's meaning depends on, hashed for a weak ETag: the report but for its age,
    and how it is shown."""
    parts = f"{report.fingerprint} {shown}"
    return hashlib.blake2b(parts.encode(errors="replace"), digest_size=12).hexdigest()


def freshness(report: Report, *, private: bool) -> dict[str, str]:
    """Cache-Control and Age, so that others keep an answer as long as we do."""
    told = report.provenance
    lifetime = max(told.expires_at - told.fetched_at, timedelta())
    if told.stale:
        lifetime = report.age + _STALE_LIFETIME
    audience = "private" if private else "public"
    max_age = f"max-age={int(lifetime.total_seconds())}"
    return {
        "Cache-Control": f"{audience}, {max_age}, {_FOR_OUTAGES}",
        "Age": str(int(report.age.total_seconds())),
    }


def short_lived(*, private: bool) -> dict[str, str]:
    """For what will be better in a minute."""
    audience = "private" if private else "public"
    return {"Cache-Control": f"{audience}, max-age={int(_STALE_LIFETIME.total_seconds())}"}


def cache_status(report: Report) -> dict[str, str]:
    """What our cache did (RFC 9211), and for how many seconds it is fresh; past that, less
    than none."""
    told = report.provenance
    ttl = int((told.expires_at - report.at).total_seconds())
    return {"Cache-Status": f"weather; {told.cache_status}; ttl={ttl}"}


def respond(
    request: Request, body: Body, content_type: str, headers: dict[str, str], etag: str = ""
) -> Response:
    """The answer, or 304 if the client has it already."""
    if etag and request.if_none_match.contains_weak(etag):
        response = Response(status=304)
        del response.headers["Content-Type"]
    elif body.compressed and request.accept_encodings.quality("gzip") > 0:
        response = Response(body.compressed, content_type=content_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(body.plain, content_type=content_type)
    response.headers.update(headers)
    if etag:
        response.headers["ETag"] = f'W/"{etag}"'
    return response
