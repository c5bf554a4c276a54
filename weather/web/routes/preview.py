"""The picture of a page, for other sites to show beside a link to it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from weather.views import registry
from weather.web import responses
from weather.web.body import Body
from weather.web.endpoint import PACKAGE, endpoint
from weather.web.parameters import PLACE, UNITS
from weather.web.request import request_options
from weather.web.services import Services


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("preview", PACKAGE)

    @routes.get("/preview.png")
    @endpoint(*PLACE, UNITS, view=registry.PREVIEW)
    def preview() -> Response:
        """Of a place that is named: the visitor is a robot of the other site."""
        options = request_options()
        deadline = options.deadline(services.deadline)
        located = services.locator.locate(options.query, None, "en", deadline)
        report = services.forecasts.report(located, deadline)
        body = Body.of(registry.PREVIEW.render(report, options.view_options))
        until = report.at + responses.SHORT_LIFETIME if located.offline else None
        headers = responses.freshness(report, private=False, until=until)
        return responses.respond(request, body, registry.PREVIEW.content_type, headers)

    return routes
