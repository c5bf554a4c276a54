"""The Flask application: routes, error handlers, and the middleware around it."""

from __future__ import annotations

import logging
from functools import partial

from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest, HTTPException

from weather.core import request_id
from weather.core.errors import (
    AllowanceSpent,
    InvalidOption,
    Overloaded,
    TooManyRequests,
    WeatherError,
)
from weather.core.ip_address import parse_address
from weather.metrics import families
from weather.metrics.metrics import Metrics
from weather.web import (
    environ,
    host,
    measured,
    problems,
    representations,
    request_parser,
    routes,
    sharing,
)
from weather.web.microcache import Microcache
from weather.web.middleware import PROBES, ClientMiddleware
from weather.web.rate_limit import Allowance
from weather.web.request import time_in_queue
from weather.web.route_rule import RouteRule
from weather.web.services import Services

log = logging.getLogger(__name__)

_LONGEST_FORM = 10_000  # bytes


def register(app: Flask, services: Services) -> None:
    """Adds the routes and wraps the application into its middleware."""
    app.url_rule_class = RouteRule
    for blueprint in routes.blueprints(services):
        app.register_blueprint(blueprint)
    app.config["MAX_CONTENT_LENGTH"] = _LONGEST_FORM
    app.register_error_handler(WeatherError, lambda error: _failed(error, services.metrics))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)
    app.before_request(lambda: _parse(services))
    app.before_request(_check_host)
    app.before_request(lambda: _admit(services.deadline))
    by_host = services.public is not None
    app.after_request(partial(representations.add_common_headers, by_host=by_host))
    app.after_request(measured.describe)
    app.after_request(_name)
    app.teardown_request(lambda _: request_id.end())
    cached = Microcache(
        app.wsgi_app,
        services.now,
        partial(sharing.key, services.locator),
        services.bodies,
        services.headers_bytes,
        shared=services.shared_responses,
    )
    client = ClientMiddleware(
        cached,
        app.wsgi_app,
        services.trusted_proxies,
        services.rate_limit,
        services.public.prefix if services.public else "",
    )
    app.wsgi_app = measured.Measured(  # type: ignore[method-assign]
        client, services.metrics, services.metrics_access, services.now
    )


def _parse(services: Services) -> None:
    g.request_id = request_id.begin(_forwarded_id(services))
    g.options = request_parser.parse(request, services.public, services.now)


def _forwarded_id(services: Services) -> str:
    """The id that a trusted proxy has given the request."""
    given = request.headers.get("X-Request-ID", "")
    proxies = services.trusted_proxies
    trusted = given and (proxies.hops or proxies.trusts(parse_address(request.remote_addr or "")))
    return given if trusted else ""


def _name(response: Response) -> Response:
    """The id of a failed request, by which its lines in the log are found."""
    if response.status_code >= 500:
        response.headers["X-Request-ID"] = g.get("request_id", "")
    return response


def _check_host() -> None:
    if not host.is_valid(request):
        raise BadRequest("The Host header must name the host, once.")


def _admit(deadline: float) -> None:
    """Raises `Overloaded` for a request that has waited too long to be answered in time,
    `TooManyRequests` for a client past its rate limit, and `InvalidOption` for more places than
    that allows at once. Health probes are always admitted."""
    if request.path in PROBES:
        return
    if time_in_queue(request) > deadline / 2:
        raise Overloaded("Too many requests at once. Try again in a moment.")
    allowance: Allowance | None = request.environ.get(environ.ALLOWANCE)
    if allowance and allowance.is_impossible:
        raise InvalidOption(
            f"A request can name {allowance.quota} places at most, as each counts as a request of "
            "the rate limit.",
            "q",
        )
    if allowance and allowance.exceeded:
        message = f"More than {allowance.quota} requests in a minute."
        raise TooManyRequests(message, allowance.reset)


# What is refused to protect the service, and why.
_SHED: dict[type[WeatherError], str] = {
    TooManyRequests: "rate_limit",
    AllowanceSpent: "call_share",
    Overloaded: "queue",
}


def _failed(error: WeatherError, metrics: Metrics) -> Response:
    if reason := _SHED.get(type(error)):
        metrics.count(families.SHED, reason)
    return representations.error(error)


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
