"""Search for places by name."""

from __future__ import annotations

from flask import Blueprint, Response, request

from weather.core.errors import InvalidLocation
from weather.places import query as place_query
from weather.places.query import NameQuery
from weather.views import json, registry
from weather.web import responses
from weather.web.body import Body
from weather.web.endpoint import PACKAGE, endpoint
from weather.web.parameters import API_LANGUAGE, JSON_FORMAT, LIMIT, SEARCH
from weather.web.request import RequestOptions, request_options
from weather.web.services import Services


def blueprint(services: Services) -> Blueprint:
    routes = Blueprint("places", PACKAGE)

    @routes.get("/api/v1/places")
    @endpoint(*SEARCH, API_LANGUAGE, LIMIT, JSON_FORMAT, view=registry.JSON, refuses_others=True)
    def search() -> Response:
        options = request_options()
        result = services.locator.search(
            _name(options), options.language, options.deadline(services.deadline)
        )
        limit = _limit(options)
        body = json.render_places(result.places[:limit], services.places_credit)
        complete = result.places and not result.offline
        headers = responses.FOR_A_DAY if complete else responses.short_lived(private=False)
        etag = responses.digest(body)
        return responses.respond(request, Body.of(body), registry.JSON.content_type, headers, etag)

    return routes


def _limit(options: RequestOptions) -> int | None:
    """How many places are returned; None for all."""
    values = options.values(LIMIT.name)
    return LIMIT.kind.read(LIMIT.name, values[0]) if values else None


def _name(options: RequestOptions) -> NameQuery:
    """Raises `InvalidLocation`."""
    text = next(iter(options.values("q")), "")
    query = place_query.parse(text if text.startswith("~") else f"~{text}")
    if not isinstance(query, NameQuery):
        raise InvalidLocation("q must be the name of a place.")
    return query
