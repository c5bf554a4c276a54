"""What describes the API: its OpenAPI document, its page and the types of its problems.

All of it is imported at its first request.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, current_app, request

from weather.core.errors import PathNotFound
from weather.views import json, registry
from weather.views.registry import View
from weather.web import environ, responses
from weather.web.body import Body
from weather.web.endpoint import PACKAGE
from weather.web.request import request_options
from weather.web.vary_on import VaryOn


def blueprint() -> Blueprint:
    routes = Blueprint("reference", PACKAGE)

    @lru_cache(maxsize=4)
    def document(root: str) -> dict[str, Any]:
        from weather.web import openapi  # noqa: PLC0415

        return openapi.document(current_app, root)

    @routes.get("/openapi.json")
    def openapi() -> Response:
        return _respond(json.dumps(document(request.script_root)), registry.JSON)

    @routes.get("/docs")
    def docs() -> Response:
        from weather.web import api_pages  # noqa: PLC0415

        root = request.script_root
        return _respond(api_pages.docs(document(root), root), registry.HTML)

    @routes.get("/problems")
    def problems() -> Response:
        from weather.web import api_pages  # noqa: PLC0415

        if request_options().view is registry.HTML:
            return _respond(api_pages.problems(request.script_root), registry.HTML)
        return _respond(api_pages.problems_text(), registry.TEXT)

    @routes.get("/problems/<name>")
    def problem(name: str) -> Response:
        from weather.web import api_pages, problem_types  # noqa: PLC0415

        kind = problem_types.problem_types().get(name)
        if kind is None:
            raise PathNotFound("There is no such type of problem. /problems lists them.")
        if request_options().view is registry.HTML:
            return _respond(api_pages.problem(kind, request.script_root), registry.HTML)
        return _respond(api_pages.problem_text(kind), registry.TEXT)

    return routes


def _respond(text: str, view: View) -> Response:
    request.environ[environ.VARY_ON] = VaryOn.ANYONE
    headers = responses.short_lived(private=False)
    if view is registry.HTML:
        from weather.views.html import assets  # noqa: PLC0415  # loaded with the pages

        headers |= {"Content-Security-Policy": assets.PLAIN_POLICY}
    etag = responses.digest(text)
    return responses.respond(request, Body.of(text), view.content_type, headers, etag)
