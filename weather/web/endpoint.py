"""Declares what a route reads, beside its function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Request, current_app

from weather.views.registry import View
from weather.web.parameters import Parameter

# What Flask finds the files of a blueprint by: modules of the static executable have no file.
PACKAGE = "weather"

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The parameters of a route, and its view where that is not negotiated."""

    parameters: tuple[Parameter, ...] = ()
    view: View | None = None


def endpoint(*parameters: Parameter, view: View | None = None) -> Callable[[Handler], Handler]:
    """A decorator for a route's function."""

    def declare(handler: Handler) -> Handler:
        handler.endpoint = Endpoint(parameters, view)  # type: ignore[attr-defined]
        return handler

    return declare


def endpoint_of(request: Request) -> Endpoint:
    handler = current_app.view_functions.get(request.endpoint or "")
    return getattr(handler, "endpoint", Endpoint())
