"""Cross-origin requests (Fetch Standard, 3.2): pages of all origins may read what is no page, and
depends on no visitor.

A page that is open in a browser of the operator's network could otherwise read where that is.
"""

from __future__ import annotations

from flask import Request, Response

from weather.places.query import VisitorQuery
from weather.web import environ
from weather.web.endpoint import endpoint_of
from weather.web.request import RequestOptions
from weather.web.vary_on import VaryOn

_SAFE_METHODS = "GET, HEAD, OPTIONS"
_REQUEST_HEADERS = (
    "Accept, Accept-Language, Cache-Control, Content-Type, If-None-Match, Pragma, User-Agent"
)
_RESPONSE_HEADERS = "Age, Cache-Status, ETag, RateLimit, RateLimit-Policy, Retry-After, X-Answer"
_PREFLIGHT_LIFETIME = "86400"  # seconds


def add_headers(request: Request, response: Response, options: RequestOptions | None) -> None:
    """The headers that let scripts of other origins read the response."""
    if request.method == "OPTIONS":
        # A preflight says nothing of the response, which the browser shields by its own headers.
        if "GET" in response.headers.get("Allow", ""):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Allow-Methods"] = _SAFE_METHODS
            response.headers["Access-Control-Allow-Headers"] = _REQUEST_HEADERS
            response.headers["Access-Control-Max-Age"] = _PREFLIGHT_LIFETIME
    elif _is_private(request, response, options):
        # Nor may other sites embed it, as a picture or a script.
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    elif response.mimetype != "text/html":
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _RESPONSE_HEADERS


def depends_on_origin(request: Request, options: RequestOptions | None) -> bool:
    """Whether scripts of other origins get another response: it has the units of the visitor's
    country, and theirs must not."""
    if options is None or options.view.personal or options.view_options.units is not None:
        return False
    return endpoint_of(request).reads_units


def _is_private(request: Request, response: Response, options: RequestOptions | None) -> bool:
    """Whether the response is a page, or depends on where the visitor or the server is."""
    declared = endpoint_of(request)
    if options is None or not declared.parameters:
        return response.mimetype == "text/html"
    if options.view.personal or request.environ.get(environ.VARY_ON) is VaryOn.LOCATION:
        return True
    # An error, before the place was found.
    asks_own = isinstance(options.query, VisitorQuery) and not options.compared
    return asks_own and options.problem is None and declared.reads_place
