"""Several places side by side, as a page, text and JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Blueprint, Response, request

from weather.core.errors import InvalidLocation, InvalidOption, UpstreamError
from weather.places import query as place_query
from weather.places.query import VisitorQuery
from weather.views import html, json, registry
from weather.views.comparison import Results, render_text
from weather.views.options import ViewOptions
from weather.web import comparison, environ, responses, several, sharing
from weather.web.body import Body
from weather.web.endpoint import PACKAGE, endpoint
from weather.web.negotiation import is_relay
from weather.web.origin import is_foreign
from weather.web.parameters import COMPARED, FORMAT, PRESENTATION, STRICT, WIDTH
from weather.web.request import RequestOptions, request_options
from weather.web.services import Services
from weather.web.vary_on import VaryOn

_RENDERERS: Mapping[str, Callable[[Results, ViewOptions], str]] = {
    registry.HTML.name: html.render_comparison,
    registry.TEXT.name: render_text,
    registry.JSON.name: json.render_batch,
}


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("compare", PACKAGE)

    @routes.get(comparison.PATH)
    @endpoint(*COMPARED, FORMAT, *PRESENTATION, WIDTH, STRICT, forms=comparison.FORMS)
    def compare() -> Response:
        options = request_options()
        return respond(services, options, comparison.names(options.options))

    return routes


def respond(services: Services, options: RequestOptions, names: tuple[str, ...]) -> Response:
    """The places side by side. One that fails has its error, and the others their weather.

    Raises `InvalidOption` without a place, for all but the page, which asks for one.
    """
    view = options.view
    if not names and view is not registry.HTML:
        raise InvalidOption("q must name a place; several q are compared.", "q")
    vary_on, view_options = _view_options(services, options, names)
    results = _results(services, options, names)
    body = Body.of(_RENDERERS[view.name](results, view_options))
    request.environ[environ.VARY_ON] = vary_on
    private = view.personal or vary_on is not VaryOn.ANYONE
    headers = responses.short_lived(private=private)
    if any(isinstance(result, UpstreamError) for _, result in results):
        headers = responses.NO_STORE  # as the error has alone
    if view is registry.HTML:
        from weather.views.html import assets  # noqa: PLC0415  # loaded with the pages

        headers = headers | {"Content-Security-Policy": assets.COMPARISON_POLICY}
    return responses.respond(request, body, view.content_type, headers)


def _view_options(
    services: Services, options: RequestOptions, names: tuple[str, ...]
) -> tuple[VaryOn, ViewOptions]:
    """What of the visitor the response depends on, and the options with its units."""
    relayed = is_relay(request.headers.get("User-Agent", ""))
    foreign = not options.view.personal and (relayed or is_foreign(request, services.public))
    country = None if foreign else sharing.country_of(services.locator, request.environ)
    vary_on = sharing.vary_on_units(options.view_options, foreign=foreign)
    if options.view.personal or any(map(_is_own, names)):
        vary_on = VaryOn.LOCATION
    view_options = replace(options.view_options, root=request.script_root)
    view_options = view_options.for_country(country)
    if options.view.personal:
        view_options = view_options.with_local_clock(country)
    return vary_on, view_options


def _results(services: Services, options: RequestOptions, names: tuple[str, ...]) -> Results:
    compared, left = comparison.compared(names)
    deadline = options.deadline(services.deadline)
    report = services.report if options.strict else services.report_or_fallback
    results = several.weather(
        services, compared, options.language, deadline, report, visitor=options.visitor
    )
    too_many = InvalidOption(f"At most {len(compared)} places are compared.", "q")
    return [*results, *((name, too_many) for name in left)]


def _is_own(name: str) -> bool:
    """Whether a name stands for the visitor's own place."""
    try:
        return isinstance(place_query.parse(name), VisitorQuery)
    except InvalidLocation:
        return False
