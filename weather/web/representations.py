"""Responses in the view that was requested, with the headers of their kind."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, g, request

from weather.core.errors import Overloaded, TooManyRequests, UpstreamUnavailable, WeatherError
from weather.core.models import ClimateFallback, Report
from weather.core.payer import Payer
from weather.views import registry
from weather.views.html import assets
from weather.views.options import ViewOptions
from weather.views.registry import View
from weather.web import cors, environ, responses
from weather.web.request import RequestOptions
from weather.web.responses import NO_STORE, Body, BodyCache


@dataclass(frozen=True, slots=True)
class ResponseOptions:
    """`private` responses may be cached by their visitor only."""

    view: View
    view_options: ViewOptions
    private: bool


def report(report: Report, options: ResponseOptions, bodies: BodyCache) -> Response:
    """The response with a report; 304 where the client has it."""
    view, shown = options.view, options.view_options
    shows_time = view.shows_time(shown)
    own = (shown.address, shown.saved) if view.personal else ()
    etag = responses.validator(report, view.name, shown, own, report.at if shows_time else None)
    # Ages are shown in minutes, so a body is right for one.
    body = bodies.get(f"{etag} {report.at:%H%M}", lambda: view.render(report, shown))
    headers = responses.freshness(report, private=options.private)
    headers |= responses.cache_status(report)
    if shows_time or report.located.offline or not report.alerts_complete:
        headers |= responses.short_lived(private=options.private)
    return responses.respond(request, body, view.content_type, headers, etag)


def fallback(fallback: ClimateFallback, options: ResponseOptions) -> Response:
    """The response with climate normals, cacheable for a minute."""
    view = options.view
    body = Body.of(view.render_fallback(fallback, options.view_options))
    headers = responses.short_lived(private=options.private)
    headers |= {"Retry-After": str(fallback.retry_after)}
    return responses.respond(request, body, view.content_type, headers)


def error(error: WeatherError) -> Response:
    """The error in the view that was requested."""
    options: RequestOptions | None = g.get("options")  # None after a bug in the parser
    view = options.view if options else registry.TEXT
    body = Body.of(view.render_error(error, options.view_options if options else ViewOptions()))
    response = responses.respond(request, body, view.error_content_type, NO_STORE)
    response.status_code = error.status
    if isinstance(error, UpstreamUnavailable | TooManyRequests | Overloaded):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def add_common_headers(response: Response) -> Response:
    response.headers.update(responses.SECURITY_HEADERS)
    response.headers["Vary"] = "Accept, Accept-Encoding, Accept-Language, User-Agent"
    if response.mimetype == "text/html":
        response.headers.update(responses.PAGE_HEADERS)
        response.headers["Content-Security-Policy"] = assets.POLICY
        response.headers["Vary"] += ", Cookie"
    else:
        response.headers["Content-Security-Policy"] = assets.FILES_POLICY
    payer: Payer | None = request.environ.get(environ.PAYER)
    if payer and payer.declined:
        # Without calls that others may cause: in no cache, also not in ours.
        response.headers.update(NO_STORE)
    options: RequestOptions | None = g.get("options")
    if cors.depends_on_origin(request, options):
        response.headers["Vary"] += ", Origin"
    cors.add_headers(request, response, options)
    return response
