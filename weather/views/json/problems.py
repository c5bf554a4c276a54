"""Errors as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

from weather.core.errors import (
    InvalidLocation,
    InvalidOption,
    Overloaded,
    TooManyRequests,
    UpstreamUnavailable,
    WeatherError,
)

PATH = "/problems"  # below it, each type of problem has a page


def problem(error: WeatherError, root: str = "") -> dict[str, Any]:
    """The problem of an error; `root` is the path that the service is below. `retry_after` is in
    seconds."""
    problem: dict[str, Any] = {
        "type": f"{root}{PATH}/{error.type}",
        "title": error.title,
        "status": error.status,
        "detail": error.message,
    }
    if isinstance(error, UpstreamUnavailable | TooManyRequests | Overloaded):
        problem["retry_after"] = error.retry_after
    if isinstance(error, InvalidLocation | InvalidOption) and error.parameter:
        problem["parameter"] = error.parameter
    if isinstance(error, InvalidOption):
        problem |= {"did_you_mean": error.suggestion} if error.suggestion else {}
    return problem
