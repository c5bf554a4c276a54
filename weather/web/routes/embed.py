"""The card of a place, for pages of other sites to show in a frame."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from weather.core import expiry
from weather.core.errors import LocationNotFound
from weather.core.models import ClimateFallback
from weather.places.query import VisitorQuery
from weather.views import registry
from weather.views.page_address import PageAddress
from weather.web import environ, representations
from weather.web.endpoint import PACKAGE, endpoint
from weather.web.parameters import PLACE, PRESENTATION
from weather.web.representations import ResponseOptions
from weather.web.request import request_options
from weather.web.routes import weather
from weather.web.services import Services
from weather.web.vary_on import VaryOn


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("embed", PACKAGE)

    @routes.get("/embed", defaults={"where": ""})
    @routes.get("/embed/<where>")
    @endpoint(*PLACE, *PRESENTATION, view=registry.EMBED)
    def embed(where: str) -> Response:
        return weather.limited(services, _respond(services))

    return routes


def _respond(services: Services) -> Response:
    """Of a place that is named, in the units of its country: the page around it must learn nothing
    of its visitor. Raises `LocationNotFound` without a place."""
    options = request_options()
    request.environ[environ.VARY_ON] = VaryOn.ANYONE
    if isinstance(options.query, VisitorQuery):
        raise LocationNotFound("Name a place in the address, such as /embed/London.")
    deadline = options.deadline(services.deadline)
    with expiry.recorded() as recorded:
        located = services.locator.locate(options.query, None, options.language, deadline)
        result = services.report_or_fallback(located, deadline)
        view_options = options.view_options.for_country(result.place.country_code)
        view_options = view_options.with_local_clock(result.place.country_code)
        view_options = replace(view_options, address=PageAddress(prefix=request.script_root))
        response = ResponseOptions(options.view, view_options, private=False)
        if isinstance(result, ClimateFallback):
            return representations.fallback(result, response)
        return representations.report(result, response, services.bodies, recorded)
