"""The weather of a place, in every view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, request
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.datastructures import Headers
from werkzeug.routing import BaseConverter

from weather.core import expiry
from weather.core.deadline import Deadline
from weather.core.expiry import Expiry
from weather.core.models import ClimateFallback, LocatedPlace
from weather.places.query import VisitorQuery
from weather.views import registry
from weather.views.saved import SavedPreferences
from weather.web import cycle, environ, prefixes, representations, sharing, special_pages
from weather.web.endpoint import PACKAGE, endpoint
from weather.web.negotiation import is_relay
from weather.web.origin import is_foreign
from weather.web.parameters import (
    API_PRESENTATION,
    COMPATIBLE,
    FIELDS,
    FORMAT,
    JSON_FORMAT,
    LOCATION,
    PAGE,
    PLACE,
    PRESENTATION,
    STRICT,
)
from weather.web.representations import ResponseOptions
from weather.web.request import RequestOptions, request_options
from weather.web.routes import compare
from weather.web.services import Services
from weather.web.vary_on import VaryOn

LocatedResponse = Callable[[Services, RequestOptions, LocatedPlace, Deadline, Expiry], Response]


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("weather", PACKAGE)
    routes.record(_add_converter)

    @routes.get("/")
    @routes.get("/<where>")
    @routes.get("/<prefix:prefix>/<where>")
    @endpoint(*PLACE, FORMAT, *PRESENTATION, *PAGE, *COMPATIBLE, STRICT, FIELDS)
    def negotiated(where: str = "", prefix: str = "") -> Response:
        return _respond(services)

    # A map's address behind this host, or in place of its own.
    @routes.get("/maps", defaults={"link": ""})
    @routes.get("/maps/<path:link>")
    @routes.get("/<any('http:', 'https:'):scheme>/<path:link>")
    @endpoint(*PLACE, FORMAT, *PRESENTATION, *PAGE, *COMPATIBLE, STRICT, FIELDS)
    def linked(link: str, scheme: str = "") -> Response:
        return _respond(services)

    @routes.get("/api/v1/weather")
    @endpoint(
        *(*PLACE, LOCATION, *API_PRESENTATION, FIELDS, STRICT, JSON_FORMAT),
        view=registry.JSON,
        refuses_others=True,
    )
    def in_json() -> Response:
        return _respond(services)

    return routes


class _PrefixConverter(BaseConverter):
    """Only these words: other paths of two segments stay unknown."""

    regex = prefixes.PATTERN
    weight = 150  # after a place before a question: /LA/rain


def _add_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["prefix"] = _PrefixConverter


def _respond(services: Services) -> Response:
    options = request_options()
    if options.compared:
        return compare.respond(services, options, options.compared)
    if options.special:
        return limited(services, special_pages.respond(services, options, options.special))
    return limited(services, located(services, _located_response))


def limited(services: Services, response: Response) -> Response:
    """The response, cacheable for as long as a list of places shows the same one."""
    options = request_options()
    if options.until:
        request.environ[environ.UNTIL] = options.until
        headers = cycle.limited(response.headers, options.until, services.now())
        response.headers = Headers(headers)
    return response


def located(services: Services, respond: LocatedResponse) -> Response:
    """The response for the place of the request."""
    options = request_options()
    deadline = options.deadline(services.deadline)
    if isinstance(options.query, VisitorQuery):
        deadline = deadline.for_own_place()
    with expiry.recorded() as recorded:
        place = services.locator.locate(options.query, options.visitor, options.language, deadline)
        return respond(services, options, place, deadline, recorded)


def _located_response(
    services: Services,
    options: RequestOptions,
    located: LocatedPlace,
    deadline: Deadline,
    recorded: Expiry,
) -> Response:
    representation = response_options(services, options, located)
    strict = options.strict or options.view.render_fallback is None
    report = services.report if strict else services.report_or_fallback
    air = options.view.shows_air_quality(options.view_options)
    weather = report(located, deadline, air=air, warnings=options.view.shows_warnings)
    if isinstance(weather, ClimateFallback):
        return representations.fallback(weather, representation)
    return representations.report(weather, representation, services.bodies, recorded)


def response_options(
    services: Services, options: RequestOptions, located: LocatedPlace
) -> ResponseOptions:
    """How to show the weather of a place, and what of the visitor that depends on."""
    view_options = options.view_options
    relayed = is_relay(request.headers.get("User-Agent", ""))
    foreign = not options.view.personal and (relayed or is_foreign(request, services.public))
    vary_on = request.environ[environ.VARY_ON] = sharing.vary_on(
        located, view_options, foreign=foreign, personal=options.view.personal
    )
    private = vary_on is not VaryOn.ANYONE or view_options.saved != SavedPreferences()
    # Its absolute URLs are of the host that this client named, where PUBLIC_URL names none.
    private = private or (options.view.personal and services.public is None)
    country = None if foreign else sharing.country_of(services.locator, request.environ)
    view_options = view_options.for_country(country)
    if options.view.personal:
        view_options = view_options.with_local_clock(country)
    if options.view.shows_seconds(view_options):
        view_options = replace(view_options, now=services.now())
    return ResponseOptions(options.view, view_options, private)
