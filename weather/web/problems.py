"""The types of problems (RFC 9457): those of our errors, and those of HTTP itself."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException

from weather.core.errors import PathNotFound, RequestRefused, WeatherError

# Types of the errors of HTTP that Flask and werkzeug raise, by status.
HTTP_TYPES = {
    400: "bad-request",
    405: "method-not-allowed",
    411: "length-required",
    413: "content-too-large",
    415: "unsupported-media-type",
}


def of_http(error: HTTPException) -> WeatherError:
    """The problem of a request that no route takes as it is."""
    if error.code == 404:
        return PathNotFound("There is nothing at this address. Try /name-of-a-place.")
    message, status = error.description or error.name, error.code or 500
    if status >= 500:
        problem = WeatherError(message)
        problem.status, problem.title = status, error.name
        return problem
    return RequestRefused(message, HTTP_TYPES.get(status, RequestRefused.type), status, error.name)
