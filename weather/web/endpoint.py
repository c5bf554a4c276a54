"""Declares what a route reads, beside its function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, TypeVar

from flask import Request, current_app

from weather.core.dataclass import dataclass
from weather.views.registry import View
from weather.web.parameters import PLACE, UNITS, WITHIN, Parameter

# What Flask finds the files of a blueprint by: modules of the static executable have no file.
PACKAGE = "weather"

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The parameters of a route, and its view where that is not negotiated, or by their formats
    the views among which it is; whether it reads a place and units, which each response needs to
    know. `answers`: it answers a question. `refuses_others`: other parameters are refused, which
    elsewhere are ignored as wttr.in does."""

    parameters: tuple[Parameter, ...] = ()
    view: View | None = None
    reads_place: bool = False
    reads_units: bool = False
    forms: Mapping[str, View] = field(default_factory=dict)  # the first is the default
    answers: bool = False
    refuses_others: bool = False


_UNDECLARED = Endpoint()


def endpoint(
    *parameters: Parameter,
    view: View | None = None,
    forms: Mapping[str, View] | None = None,
    refuses_others: bool = False,
) -> Callable[[Handler], Handler]:
    """A decorator for a route's function."""
    declared = Endpoint(
        parameters,
        view,
        reads_place=set(PLACE) <= set(parameters),
        reads_units=UNITS in parameters,
        forms=forms or {},
        answers=WITHIN in parameters,
        refuses_others=refuses_others,
    )

    def declare(handler: Handler) -> Handler:
        handler.endpoint = declared  # type: ignore[attr-defined]
        return handler

    return declare


def endpoint_of(request: Request) -> Endpoint:
    handler = current_app.view_functions.get(request.endpoint or "")
    return getattr(handler, "endpoint", _UNDECLARED)
