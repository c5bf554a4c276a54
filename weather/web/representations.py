"""How an answer is shown: in the representation asked for, with the headers of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Response, request

from weather.core.errors import Overloaded, TooManyRequests, UpstreamUnavailable, WeatherError
from weather.core.models import ClimateFallback, Report
from weather.i18n.languages import get_language
from weather.views import json
from weather.views.html import assets
from weather.views.html import render as page
from weather.views.oneline import render as line
from weather.views.preferences import Preferences
from weather.views.saved import SavedPreferences
from weather.views.text import render as text
from weather.web import request as asked
from weather.web import responses
from weather.web.negotiation import Representation
from weather.web.responses import CONTENT_TYPES, NO_STORE, Body, BodyCache


@dataclass(frozen=True, slots=True)
class ResponseOptions:
    """`private` answers are their visitor's alone."""

    representation: Representation
    preferences: Preferences
    kept: SavedPreferences
    private: bool


def report(report: Report, wanted: ResponseOptions, rendered: BodyCache) -> Response:
    # A page names its own address, so it is one page for each.
    html = wanted.representation is Representation.HTML
    address = (request.host, request.full_path, wanted.kept) if html else ()
    # A line that tells the time is right for a minute.
    clock = report.at if "%T" in wanted.preferences.line else None
    etag = responses.validator(report, wanted.representation, wanted.preferences, address, clock)
    # Ages are told in minutes, so a body lives for one.
    body = rendered.get(f"{etag} {report.at:%H%M}", lambda: _render(report, wanted))
    headers = responses.freshness(report, private=wanted.private) | responses.cache_status(report)
    if clock:
        headers |= responses.short_lived(private=wanted.private)
    return responses.respond(request, body, CONTENT_TYPES[wanted.representation], headers, etag)


def _render(report: Report, wanted: ResponseOptions) -> str:
    wishes = wanted.preferences
    match wanted.representation:
        case Representation.HTML:
            return page.render(report, wishes, _link, request.host_url.rstrip("/"), wanted.kept)
        case Representation.TEXT:
            return text.render(report, wishes)
        case Representation.JSON:
            return json.render(report, wishes)
        case Representation.LINE:
            return line.render(report, wishes)


def usual(usual: ClimateFallback, wanted: ResponseOptions) -> Response:
    """What is usual, instead of a forecast: an answer, but not one to keep."""
    wishes = wanted.preferences
    match wanted.representation:
        case Representation.HTML:
            body = page.render_usual(usual, wishes, _link, wanted.kept)
        case Representation.TEXT:
            body = text.render_usual(usual, wishes)
        case Representation.JSON:
            body = json.render_usual(usual, wishes)
        case Representation.LINE:
            body = line.render_usual(usual, wishes)
    headers = responses.short_lived(private=wanted.private) | {
        "Retry-After": str(usual.retry_after)
    }
    return responses.respond(request, Body.of(body), CONTENT_TYPES[wanted.representation], headers)


def error(error: WeatherError) -> Response:
    representation = asked.representation_or_default()
    kept = asked.kept(representation)
    wishes = asked.understood_wishes(kept)
    match representation:
        case Representation.HTML:
            where = request.args.get("q") or (request.view_args or {}).get("where", "")
            body = page.error(error, wishes, where, kept)
        case Representation.TEXT:
            body = text.error(error, get_language(wishes.language))
        case Representation.JSON:
            body = json.error(error)
        case Representation.LINE:
            body = line.error(error, get_language(wishes.language))
    content_type = CONTENT_TYPES[representation].replace("application/", "application/problem+")
    response = responses.respond(request, Body.of(body), content_type, NO_STORE)
    response.status_code = error.status
    if isinstance(error, UpstreamUnavailable | TooManyRequests | Overloaded):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def add_common_headers(response: Response) -> Response:
    """With the headers that every answer has."""
    response.headers.update(responses.SECURITY_HEADERS)
    response.headers["Vary"] = "Accept, Accept-Encoding, Accept-Language, User-Agent"
    if response.mimetype == "text/html":
        response.headers.update(responses.PAGE_HEADERS)
        response.headers["Content-Security-Policy"] = assets.POLICY
        response.headers["Vary"] += ", Cookie"
    else:
        response.headers["Content-Security-Policy"] = assets.FILES_POLICY
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _link(changes: Mapping[str, str]) -> str:
    """This page's own URL with some options changed, relative to the host."""
    options = {**request.args.to_dict(), **changes}
    query = urlencode(options)
    return quote(request.path) + (f"?{query}" if query else "")
