"""The files that browsers and crawlers request besides pages."""

from __future__ import annotations

from flask import Blueprint, Response, request

from weather.core.errors import PathNotFound
from weather.web import responses
from weather.web.body import Body
from weather.web.endpoint import PACKAGE

_ROBOTS = "User-agent: *\nAllow: /$\nDisallow: /\n"
# Paths that browsers expect at the root of a site.
_AT_ROOT = {
    "/favicon.ico": "favicon.svg",
    "/sw.js": "sw.js",
    "/manifest.webmanifest": "manifest.webmanifest",
}


def blueprint() -> Blueprint:
    routes = Blueprint("static", PACKAGE)
    routes.add_url_rule("/robots.txt", view_func=robots)
    routes.add_url_rule("/static/<name>", view_func=file)
    for path, name in _AT_ROOT.items():
        routes.add_url_rule(path, name.partition(".")[0], view_func=file, defaults={"name": name})
    return routes


def robots() -> Response:
    return responses.respond(request, Body.of(_ROBOTS), "text/plain", responses.FOR_A_DAY)


def file(name: str) -> Response:
    """Raises `PathNotFound`."""
    from weather.views.html import assets  # noqa: PLC0415  # loaded with the pages

    content_type, content = assets.ASSETS.get(name) or assets.ON_DEMAND.get(name) or ("", "")
    if not content_type:
        raise PathNotFound("There is no such file.")
    return responses.respond(request, Body.of(content), content_type, responses.FOR_A_DAY)
