"""The Flask application: routes, error handlers, and the middleware around it."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest, HTTPException

from weather.core.errors import Overloaded, TooManyRequests, WeatherError
from weather.web import environ, host, problems, representations, request_parser, routes, sharing
from weather.web.microcache import Microcache
from weather.web.middleware import PROBES, ClientMiddleware
from weather.web.request import time_in_queue
from weather.web.services import Services

log = logging.getLogger(__name__)

_LONGEST_FORM = 10_000  # bytes


def register(app: Flask, services: Services) -> None:
    """Adds the routes and wraps the application into its middleware."""
    for blueprint in routes.blueprints(services):
        app.register_blueprint(blueprint)
    app.config["MAX_CONTENT_LENGTH"] = _LONGEST_FORM
    app.register_error_handler(WeatherError, representations.error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)
    app.before_request(lambda: _parse(services))
    app.before_request(_check_host)
    app.before_request(lambda: _admit(services.deadline))
    app.after_request(representations.add_common_headers)
    cached = Microcache(
        app.wsgi_app,
        services.now,
        lambda env, vary: sharing.key(services.locator, env, vary),
        services.bodies,
        services.headers_bytes,
    )
    app.wsgi_app = ClientMiddleware(  # type: ignore[method-assign]
        cached,
        app.wsgi_app,
        services.trusted_proxies,
        services.rate_limit,
        services.public.prefix if services.public else "",
    )


def _parse(services: Services) -> None:
    g.options = request_parser.parse(request, services.public, services.now)


def _check_host() -> None:
    if not host.is_valid(request):
        raise BadRequest("The Host header must name the host, once.")


def _admit(deadline: float) -> None:
    """Raises `Overloaded` for a request that has waited too long to be answered in time, and
    `TooManyRequests` for a client past its rate limit. Health probes are always admitted."""
    if request.path in PROBES:
        return
    if time_in_queue(request) > deadline / 2:
        raise Overloaded("Too many requests at once. Try again in a moment.")
    allowance = request.environ.get(environ.ALLOWANCE)
    if allowance and allowance.exceeded:
        message = f"More than {allowance.quota} requests in a minute."
        raise TooManyRequests(message, allowance.reset)


def _http_error(error: HTTPException) -> Response:
    """Wrong paths and methods, in the same forms as all other errors."""
    response = representations.error(problems.of_http(error))
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _bug(error: Exception) -> Response:
    log.error("Unhandled exception", exc_info=error)
    return representations.error(WeatherError("This is our fault, and it has been logged."))
