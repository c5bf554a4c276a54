"""The weather of several places in one response."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from weather.core.errors import UpstreamError
from weather.core.models import ClimateFallback
from weather.views import json, registry
from weather.views.options import ViewOptions
from weather.web import comparison, environ, responses, several, sharing
from weather.web.body import Body
from weather.web.endpoint import PACKAGE, endpoint
from weather.web.origin import is_foreign
from weather.web.parameters import API_PRESENTATION, BATCH, FIELDS, JSON_FORMAT, STRICT
from weather.web.request import request_options
from weather.web.responses import NO_STORE
from weather.web.services import Services
from weather.web.several import Weather
from weather.web.vary_on import VaryOn


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("batch", PACKAGE)

    @routes.get(comparison.BATCH_PATH)
    @endpoint(
        *(*BATCH, *API_PRESENTATION, FIELDS, STRICT, JSON_FORMAT),
        view=registry.JSON,
        refuses_others=True,
    )
    def batch() -> Response:
        """A place that fails has its problem, and the others their weather."""
        options = request_options()
        names = comparison.batch_names(options.options)
        report = services.report if options.strict else services.report_or_fallback
        view_options = _view_options(services, options.view_options)
        deadline = options.deadline(services.deadline)
        results = several.weather(services, names, options.language, deadline, report)
        body = json.render_batch(results, view_options)
        headers = NO_STORE
        if not any(_is_passing(weather) for _, weather in results):
            is_shared = request.environ[environ.VARY_ON] is VaryOn.ANYONE
            headers = responses.short_lived(private=not is_shared)
        etag = responses.digest(body)
        return responses.respond(request, Body.of(body), registry.JSON.content_type, headers, etag)

    return routes


def _view_options(services: Services, view_options: ViewOptions) -> ViewOptions:
    """With the units of the visitor's country, which scripts of other origins do not get."""
    foreign = is_foreign(request, services.public)
    by_country = view_options.units is None and not foreign
    request.environ[environ.VARY_ON] = VaryOn.COUNTRY if by_country else VaryOn.ANYONE
    country = sharing.country_of(services.locator, request.environ) if by_country else None
    return replace(view_options.for_country(country), root=request.script_root)


def _is_passing(weather: Weather) -> bool:
    """Whether a better result may be had at any time."""
    return isinstance(weather, UpstreamError | ClimateFallback)
