"""From a rendered body to an HTTP response: validators, freshness, compression, headers."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from flask import Request, Response

from weather.core.models import Report
from weather.web.request_key import accepts_gzip
from weather.web.sent_body import SentBody

SECURITY_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PAGE_HEADERS = {
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ANSWER_HEADER = "X-Answer"  # yes, no or unknown
NO_STORE = {"Cache-Control": "no-store"}
FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}
_STALE_IF_ERROR = "stale-if-error=3600"  # seconds; a response shows its hour, so no longer
# Of a response that shows the time, or is soon replaced by a better one.
SHORT_LIFETIME = timedelta(minutes=1)


def validator(report: Report, *options: object) -> str:
    """A hash for a weak ETag: of the report's content without its age, and the view's options."""
    parts = f"{report.fingerprint} {options}"
    return hashlib.blake2b(parts.encode(errors="replace"), digest_size=12).hexdigest()


def digest(body: str) -> str:
    """A hash for a weak ETag: of a body that is made for each request."""
    return hashlib.blake2b(body.encode(errors="replace"), digest_size=12).hexdigest()


def freshness(report: Report, *, private: bool, until: datetime | None = None) -> dict[str, str]:
    """Cache-Control and Age: other caches keep a response as long as ours, at most `until` what it
    says of the present changes. Both count from when the forecast was fetched (RFC 9111, 4.2)."""
    provenance = report.provenance
    end = min(provenance.expires_at, until or provenance.expires_at)
    if provenance.stale:
        end = report.at + SHORT_LIFETIME
    lifetime = max(end - provenance.fetched_at, timedelta())
    audience = "private" if private else "public"
    directives = [audience, f"max-age={int(lifetime.total_seconds())}"]
    if until is None:
        directives.append(_STALE_IF_ERROR)
    return {
        "Cache-Control": ", ".join(directives),
        "Age": str(int(report.age.total_seconds())),
    }


def short_lived(*, private: bool) -> dict[str, str]:
    """Cache-Control of a minute, for a response without an Age."""
    audience = "private" if private else "public"
    return {"Cache-Control": f"{audience}, max-age={int(SHORT_LIFETIME.total_seconds())}"}


def cache_status(report: Report) -> dict[str, str]:
    """Cache-Status (RFC 9211); `ttl` in seconds is negative for a stale response."""
    provenance = report.provenance
    ttl = int((provenance.expires_at - report.at).total_seconds())
    return {"Cache-Status": f"weather; {provenance.cache_status}; ttl={ttl}"}


def respond(
    request: Request, body: SentBody, content_type: str, headers: dict[str, str], etag: str = ""
) -> Response:
    """The response, or 304 if the client has it already."""
    if etag and request.if_none_match.contains_weak(etag):
        response = Response(status=304)
        del response.headers["Content-Type"]
    elif accepts_gzip(request.headers.get("Accept-Encoding", "")) and (packed := body.compressed):
        response = Response(packed, content_type=content_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(body.plain, content_type=content_type)
    response.headers.update(headers)
    if etag:
        response.headers["ETag"] = f'W/"{etag}"'
    return response
