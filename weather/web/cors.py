"""Cross-origin requests (Fetch Standard, 3.2): pages of all origins may read what is no page."""

from __future__ import annotations

from flask import Request, Response

_SAFE_METHODS = "GET, HEAD, OPTIONS"
_REQUEST_HEADERS = (
    "Accept, Accept-Language, Cache-Control, Content-Type, If-None-Match, Pragma, User-Agent"
)
_RESPONSE_HEADERS = "Age, Cache-Status, ETag, RateLimit, RateLimit-Policy, Retry-After"
_PREFLIGHT_LIFETIME = "86400"  # seconds


def add_headers(request: Request, response: Response) -> None:
    """The headers that let scripts of other origins read the response."""
    if request.method == "OPTIONS" and "GET" in response.headers.get("Allow", ""):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = _SAFE_METHODS
        response.headers["Access-Control-Allow-Headers"] = _REQUEST_HEADERS
        response.headers["Access-Control-Max-Age"] = _PREFLIGHT_LIFETIME
    elif response.mimetype != "text/html":
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _RESPONSE_HEADERS
