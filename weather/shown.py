"""How an answer is shown: in the representation asked for, with the headers of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Response, request

from weather import answers, asked
from weather.answers import CONTENT_TYPES, NO_STORE, Body, Rendered
from weather.domain import Report, Usual
from weather.errors import Overloaded, TooManyRequests, UpstreamUnavailable, WeatherError
from weather.kept import Kept
from weather.languages import language
from weather.negotiation import Representation
from weather.preferences import Preferences
from weather.views import json, line, page, page_assets, text


@dataclass(frozen=True, slots=True)
class Wanted:
    """`private` answers are their visitor's alone."""

    representation: Representation
    preferences: Preferences
    kept: Kept
    private: bool


def report(report: Report, wanted: Wanted, rendered: Rendered) -> Response:
    # A page names its own address, so it is one page for each.
    html = wanted.representation is Representation.HTML
    address = (request.host, request.full_path, wanted.kept) if html else ()
    # A line that tells the time is right for a minute.
    clock = report.at if "%T" in wanted.preferences.line else None
    etag = answers.validator(report, wanted.representation, wanted.preferences, address, clock)
    # Ages are told in minutes, so a body lives for one.
    body = rendered.get(f"{etag} {report.at:%H%M}", lambda: _render(report, wanted))
    headers = answers.freshness(report, private=wanted.private) | answers.cache_status(report)
    if clock:
        headers |= answers.briefly(private=wanted.private)
    return answers.respond(request, body, CONTENT_TYPES[wanted.representation], headers, etag)


def _render(report: Report, wanted: Wanted) -> str:
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


def usual(usual: Usual, wanted: Wanted) -> Response:
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
    headers = answers.briefly(private=wanted.private) | {"Retry-After": str(usual.retry_after)}
    return answers.respond(request, Body.of(body), CONTENT_TYPES[wanted.representation], headers)


def error(error: WeatherError) -> Response:
    representation = asked.understood()
    kept = asked.kept(representation)
    wishes = asked.understood_wishes(kept)
    match representation:
        case Representation.HTML:
            where = request.args.get("q") or (request.view_args or {}).get("where", "")
            body = page.error(error, wishes, where, kept)
        case Representation.TEXT:
            body = text.error(error, language(wishes.language))
        case Representation.JSON:
            body = json.error(error)
        case Representation.LINE:
            body = line.error(error, language(wishes.language))
    content_type = CONTENT_TYPES[representation].replace("application/", "application/problem+")
    response = answers.respond(request, Body.of(body), content_type, NO_STORE)
    response.status_code = error.status
    if isinstance(error, UpstreamUnavailable | TooManyRequests | Overloaded):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def finished(response: Response) -> Response:
    """With the headers that every answer has."""
    response.headers.update(answers.SECURITY_HEADERS)
    response.headers["Vary"] = "Accept, Accept-Encoding, Accept-Language, User-Agent"
    if response.mimetype == "text/html":
        response.headers.update(answers.PAGE_HEADERS)
        response.headers["Content-Security-Policy"] = page_assets.POLICY
        response.headers["Vary"] += ", Cookie"
    else:
        response.headers["Content-Security-Policy"] = page_assets.FILES_POLICY
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _link(changes: Mapping[str, str]) -> str:
    """This page's own URL with some options changed, relative to the host."""
    options = {**request.args.to_dict(), **changes}
    query = urlencode(options)
    return quote(request.path) + (f"?{query}" if query else "")
