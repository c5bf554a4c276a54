"""Responses in the view that was requested, with the headers of their kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flask import Response, g, request

from weather.core.dataclass import dataclass
from weather.core.errors import (
    Overloaded,
    TooManyRequests,
    UpstreamError,
    UpstreamUnavailable,
    WeatherError,
)
from weather.core.expiry import Expiry
from weather.core.models import ClimateFallback, Report
from weather.core.models.nowcast import first_spell
from weather.core.payer import Payer
from weather.views import registry
from weather.views.options import ViewOptions
from weather.views.registry import View
from weather.web import cors, environ, responses
from weather.web.aged_body import AgedBody
from weather.web.body import Body
from weather.web.body_cache import BodyCache
from weather.web.endpoint import endpoint_of
from weather.web.microcache import Reuse
from weather.web.negotiation import content_type
from weather.web.request import RequestOptions
from weather.web.responses import NO_STORE

_MINUTE = timedelta(minutes=1)
# Of all responses but pages; the service worker needs `connect-src` to fetch.
_FILES_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class ResponseOptions:
    """`private` responses may be cached by their visitor only."""

    view: View
    view_options: ViewOptions
    private: bool


def report(report: Report, options: ResponseOptions, bodies: BodyCache, expiry: Expiry) -> Response:
    """The response with a report, which is true until the `expiry`; 304 where the client has
    it."""
    view, view_options = options.view, options.view_options
    if view.shows_seconds(view_options):
        return _momentary(report, options)
    shows_time = view.shows_time(view_options)
    own = (
        (view_options.address, view_options.saved)
        if view.personal or view_options.address.prefix
        else ()
    )
    present = report.present_changes_at if view.shows_present else None
    moment = report.at if shows_time else present
    etag = responses.validator(report, view.name, view_options, own, moment)
    until = true_until(report, view, view_options, expiry)
    # Without a known end, the body is that of this minute only.
    key = f"{etag} until {until}" if until else f"{etag} at {report.at}"
    body = bodies.get(key, lambda: view.rendered(report, view_options))
    group = responses.validator(report, view.name, view_options.in_any_units(), moment, until)
    age = int(report.age.total_seconds())
    age_in_body = age if isinstance(body, AgedBody) else None
    request.environ[environ.REUSE] = Reuse(
        key, until, report.provenance.fetched_at, age_in_body, group
    )
    headers = responses.freshness(
        report, private=options.private, until=_fresh_until(report, view, shows_time=shows_time)
    )
    headers |= responses.cache_status(report)
    agent = request.headers.get("User-Agent", "")
    return responses.respond(request, body.at(age), content_type(view, agent), headers, etag)


def _fresh_until(report: Report, view: View, *, shows_time: bool) -> datetime | None:
    """Until when other caches may keep the response, if not for as long as the forecast."""
    if shows_time or report.located.offline or not report.alerts_complete:
        return report.at + responses.SHORT_LIFETIME
    has_minutes = view.shows_present and first_spell(report.nowcast) is not None
    return report.present_changes_at if has_minutes else None


def _momentary(report: Report, options: ResponseOptions) -> Response:
    """A response that is true for its request only, and so is in no cache."""
    body = Body.of(options.view.render(report, options.view_options))
    age = responses.freshness(report, private=options.private)["Age"]
    headers = {"Age": age} | responses.cache_status(report) | NO_STORE
    agent = request.headers.get("User-Agent", "")
    return responses.respond(request, body, content_type(options.view, agent), headers)


def true_until(report: Report, view: View, options: ViewOptions, expiry: Expiry) -> datetime | None:
    """Until when the response is true; None if a better one may be had at any time."""
    incomplete = report.located.offline or not report.alerts_complete
    if report.age_if_old is not None or incomplete or not expiry.is_stable:
        return None
    next_minute = report.at + _MINUTE
    limits = [expiry.at or next_minute]
    if view.shows_present:
        limits.append(report.present_changes_at)
    if view.shows_time(options):
        limits.append(next_minute)
    return min(limits)


def fallback(fallback: ClimateFallback, options: ResponseOptions) -> Response:
    """The response with climate normals, cacheable for a minute. Raises `UpstreamUnavailable`
    for a view without them."""
    view = options.view
    if view.render_fallback is None:
        raise UpstreamUnavailable(fallback.reason, fallback.retry_after)
    body = Body.of(view.render_fallback(fallback, options.view_options))
    headers = responses.short_lived(private=options.private)
    headers |= {"Retry-After": str(fallback.retry_after)}
    return responses.respond(request, body, view.content_type, headers)


def error(error: WeatherError) -> Response:
    """The error in the view that was requested."""
    options: RequestOptions | None = g.get("options")  # None after a bug in the parser
    view = options.view if options else registry.TEXT
    if view.text_errors and "json" not in request.headers.get("Accept", ""):
        view = registry.ONE_LINE
    if view.render_fallback is None and isinstance(error, UpstreamError):
        error = _for_programs(error)
    view_options = options.view_options if options else ViewOptions()
    view_options = replace(view_options, root=request.script_root)
    body = Body.of(view.render_error(error, view_options))
    response = responses.respond(request, body, view.error_content_type, NO_STORE)
    response.status_code = error.status
    if isinstance(error, UpstreamUnavailable | TooManyRequests | Overloaded):
        response.headers["Retry-After"] = str(error.retry_after)
    if endpoint_of(request).answers:
        response.headers[responses.ANSWER_HEADER] = "unknown"
    return response


def _for_programs(error: UpstreamError) -> UpstreamError:
    """Status bars know no other status for a forecast that cannot be had than 503, which the body
    has too."""
    return error if isinstance(error, UpstreamUnavailable) else UpstreamUnavailable(error.message)


def _page_policy(options: RequestOptions | None) -> str:
    """Of all pages but those whose routes have one of their own. Pages of other sites show an
    embedded one, errors included, in a frame."""
    from weather.views.html import assets  # noqa: PLC0415  # which minifies what pages alone need

    is_embedded = options is not None and options.view is registry.EMBED
    return assets.EMBED_POLICY if is_embedded else assets.POLICY


def add_common_headers(response: Response, *, by_host: bool) -> Response:
    """`by_host`: subdomains choose a language, a view or units. Not all caches have the host in
    their keys: nginx by default has not."""
    options: RequestOptions | None = g.get("options")
    response.headers.update(responses.SECURITY_HEADERS)
    response.headers["Vary"] = "Accept, Accept-Encoding, Accept-Language, User-Agent"
    if by_host:
        response.headers["Vary"] += ", Host"
    if response.mimetype == "text/html":
        response.headers.update(responses.PAGE_HEADERS)
        response.headers.setdefault("Content-Security-Policy", _page_policy(options))
        response.headers["Vary"] += ", Cookie"
    else:
        response.headers["Content-Security-Policy"] = _FILES_POLICY
    payer: Payer | None = request.environ.get(environ.PAYER)
    if payer and payer.declined:
        # Without calls that others may cause: in no cache, also not in ours.
        response.headers.update(NO_STORE)
    if cors.depends_on_origin(request, options):
        response.headers["Vary"] += ", Origin"
    cors.add_headers(request, response, options)
    return response
