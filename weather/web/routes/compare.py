"""Several places side by side, as a page."""

from __future__ import annotations

from flask import Blueprint, Response, request

from weather.core.deadline import Deadline
from weather.core.errors import WeatherError
from weather.core.models import Report
from weather.places import query as place_query
from weather.views import html, registry
from weather.web import comparison, responses
from weather.web.body import Body
from weather.web.endpoint import PACKAGE, endpoint
from weather.web.parameters import PRESENTATION, SEARCH
from weather.web.request import request_options
from weather.web.services import Services

_FOR_A_MINUTE = {"Cache-Control": "private, max-age=60"}


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("compare", PACKAGE)

    @routes.get(comparison.PATH)
    @endpoint(*SEARCH, *PRESENTATION, view=registry.HTML)
    def compare() -> Response:
        """A place that fails shows its error, and the others their weather."""
        options = request_options()
        country = services.locator.country_of(options.visitor)
        deadline = options.deadline(services.deadline)
        names = comparison.names(options.options)

        def report(name: str) -> Report | WeatherError:
            return _report(services, name, options.language, deadline)

        # In parallel, or the last one would have no time left.
        submitted = [services.places.submit(report, name) for name in names]
        results = [(name, task.result()) for name, task in zip(names, submitted, strict=True)]
        page = html.render_comparison(results, options.view_options.for_country(country))
        return responses.respond(request, Body.of(page), registry.HTML.content_type, _FOR_A_MINUTE)

    return routes


def _report(
    services: Services, name: str, language: str, deadline: Deadline
) -> Report | WeatherError:
    try:
        located = services.locator.locate(place_query.parse(name), None, language, deadline)
        return services.report(located, deadline)
    except WeatherError as error:
        return error
