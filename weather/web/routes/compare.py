"""Several places side by side, as a page, text and JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Blueprint, Response, request

from weather.core.deadline import Deadline
from weather.core.errors import InvalidLocation, InvalidOption, WeatherError
from weather.places import query as place_query
from weather.places.query import VisitorQuery
from weather.views import html, registry
from weather.views.comparison import Results, render_json, render_text
from weather.views.comparison.results import Result
from weather.views.options import ViewOptions
from weather.web import comparison, environ, responses, sharing
from weather.web.body import Body
from weather.web.endpoint import PACKAGE, endpoint
from weather.web.origin import is_foreign
from weather.web.parameters import COMPARED, FORMAT, JSON_FORMAT, PRESENTATION, STRICT, WIDTH
from weather.web.request import RequestOptions, request_options
from weather.web.services import Services
from weather.web.vary_on import VaryOn

_RENDERERS: Mapping[str, Callable[[Results, ViewOptions], str]] = {
    registry.HTML.name: html.render_comparison,
    registry.TEXT.name: render_text,
    registry.JSON.name: render_json,
}


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("compare", PACKAGE)

    @routes.get("/compare")
    @endpoint(*COMPARED, FORMAT, *PRESENTATION, WIDTH, STRICT, forms=comparison.FORMS)
    def compare() -> Response:
        options = request_options()
        return respond(services, options, comparison.names(options.options))

    @routes.get("/api/v1/compare")
    @endpoint(
        *(*COMPARED, *PRESENTATION, STRICT, JSON_FORMAT), view=registry.JSON, refuses_others=True
    )
    def in_json() -> Response:
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
    vary_on, shown = _shown(services, options, names)
    results = _results(services, options, names)
    body = Body.of(_RENDERERS[view.name](results, shown))
    request.environ[environ.VARY_ON] = vary_on
    private = view.personal or vary_on is not VaryOn.ANYONE
    headers = responses.short_lived(private=private)
    return responses.respond(request, body, view.content_type, headers)


def _shown(
    services: Services, options: RequestOptions, names: tuple[str, ...]
) -> tuple[VaryOn, ViewOptions]:
    """What of the visitor the response depends on, and the options with its units."""
    foreign = not options.view.personal and is_foreign(request, services.public)
    country = None if foreign else services.locator.country_of(options.visitor)
    vary_on = sharing.vary_on_units(options.view_options, foreign=foreign)
    if options.view.personal or any(map(_is_own, names)):
        vary_on = VaryOn.LOCATION
    shown = options.view_options.for_country(country)
    return vary_on, replace(shown, root=request.script_root)


def _results(services: Services, options: RequestOptions, names: tuple[str, ...]) -> Results:
    deadline = options.deadline(services.deadline)
    compared, left = comparison.compared(names)

    def result(name: str) -> Result:
        return _result(services, options, name, deadline)

    # In parallel, or the last one would have no time left.
    submitted = [services.places.submit(result, name) for name in compared]
    results = [(name, task.result()) for name, task in zip(compared, submitted, strict=True)]
    too_many = InvalidOption(f"At most {len(compared)} places are compared.")
    return [*results, *((name, too_many) for name in left)]


def _result(services: Services, options: RequestOptions, name: str, deadline: Deadline) -> Result:
    report = services.report if options.strict else services.report_or_fallback
    try:
        query = place_query.parse(name)
        located = services.locator.locate(query, options.visitor, options.language, deadline)
        return report(located, deadline)
    except WeatherError as error:
        return error


def _is_own(name: str) -> bool:
    """Whether a name stands for the visitor's own place."""
    try:
        return isinstance(place_query.parse(name), VisitorQuery)
    except InvalidLocation:
        return False
