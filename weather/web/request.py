"""A request, parsed once: where, which view, and how to show it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import Request, current_app, g
from flask import request as flask_request

from weather.core.deadline import Deadline
from weather.core.errors import InvalidOption, LocationNotFound, WeatherError
from weather.core.ip_address import Address
from weather.places import query as places
from weather.places.query import Query, VisitorQuery
from weather.views import registry
from weather.views.oneline.template import parse as parse_template
from weather.views.options import ViewOptions
from weather.views.page_address import Option, PageAddress
from weather.views.registry import View
from weather.views.saved import COOKIE, SavedPreferences
from weather.web import environ, query_string, view_options
from weather.web.crawlers import is_crawler
from weather.web.negotiation import negotiate
from weather.web.parameters import FORCE_TEXT, PLACE, Parameter, Switch

# Requests by scanners and by browsers' habit; no upstream call is made for them.
_NO_PLACE = re.compile(
    r"\.well-known|\..*|.*\.(?:php|aspx?|jsp|cgi|env|git|xml|txt|js|css|map|json|ico|png|jpe?g"
    r"|gif|svg|webp|html?|ya?ml|zip|gz|sql|bak)",
    re.IGNORECASE,
)

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What a route reads: its parameters, and its view where that is not negotiated."""

    parameters: tuple[Parameter, ...] = ()
    view: View | None = None


def endpoint(*parameters: Parameter, view: View | None = None) -> Callable[[Handler], Handler]:
    """Declares what a route's function reads."""

    def declare(handler: Handler) -> Handler:
        handler.endpoint = Endpoint(parameters, view)  # type: ignore[attr-defined]
        return handler

    return declare


@dataclass(frozen=True, slots=True)
class RequestOptions:
    """What a request asks for. `problem` is the first error of its options, which has a default
    in their place: so an error can be shown in the view and the language that were requested."""

    query: Query
    view: View
    view_options: ViewOptions
    strict: bool  # an error instead of climate normals
    visitor: Address | None
    crawler: bool
    options: tuple[Option, ...]
    problem: WeatherError | None = None

    @property
    def language(self) -> str:
        """ISO 639-1, of the names of places."""
        return self.view_options.language[:2]

    def values(self, name: str) -> list[str]:
        """All values of an option, the empty ones left out."""
        return [value for key, value in self.options if key == name and value]

    def deadline(self, seconds: float) -> Deadline:
        """The deadline of the response, counted from when the request came. Crawlers get what
        is cached: no upstream call is made for them."""
        return Deadline(seconds - time_in_queue(flask_request), allow_upstream=not self.crawler)


def request_options() -> RequestOptions:
    """Of the current request. Raises the `WeatherError` of an invalid option."""
    options = parsed_options()
    if options.problem:
        raise options.problem
    return options


def parsed_options() -> RequestOptions:
    """Of the current request, with defaults for what is invalid."""
    if "options" not in g:
        g.options = _parse(flask_request)
    options: RequestOptions = g.options
    return options


def time_in_queue(request: Request) -> float:
    """Seconds that the request waited for a thread; 0 where the server does not say."""
    arrived: float | None = request.environ.get(environ.ARRIVED)
    return 0.0 if arrived is None else max(time.monotonic() - arrived, 0.0)


def _parse(request: Request) -> RequestOptions:
    options = query_string.parse(request.query_string)
    values = view_options.named_values(options)
    problems: list[WeatherError] = []
    view = _view(request, options, values, problems)
    shown = _view_options(request, options, view, problems)
    where = (request.view_args or {}).get("where")
    query = _query(where, values, _endpoint(request), problems)
    if view.personal:
        address = PageAddress(request.path, options, request.host_url.rstrip("/"))
        shown = replace(shown, query=values.get("q") or where or "", address=address)
    elif view.shows_query:
        shown = replace(shown, query=str(query), template=parse_template(values.get("format", "")))
    return RequestOptions(
        query=query,
        view=view,
        view_options=shown,
        strict=Switch.read(values.get("strict", "0")),
        visitor=request.environ.get(environ.VISITOR),
        crawler=is_crawler(request.headers.get("User-Agent", "")),
        options=options,
        problem=next(iter(problems), None),
    )


def _endpoint(request: Request) -> Endpoint:
    handler = current_app.view_functions.get(request.endpoint or "")
    return getattr(handler, "endpoint", Endpoint())


def _view(
    request: Request,
    options: tuple[Option, ...],
    values: Mapping[str, str],
    problems: list[WeatherError],
) -> View:
    if view := _endpoint(request).view:
        return view
    if request.path.startswith("/api/"):
        return registry.JSON
    if "format" not in values and FORCE_TEXT in view_options.flags(options):
        return registry.TEXT
    accept, agent = request.headers.get("Accept", ""), request.headers.get("User-Agent", "")
    try:
        return negotiate(values.get("format"), accept, agent)
    except InvalidOption as error:
        problems.append(error)
        return negotiate(None, accept, agent)


def _view_options(
    request: Request, options: tuple[Option, ...], view: View, problems: list[WeatherError]
) -> ViewOptions:
    """Of the URL first, then of the cookie, then of the browser's headers. Only pages read the
    cookie: programs say in the URL what they want."""
    accept_language = request.headers.get("Accept-Language", "")
    cookie = request.cookies.get(COOKIE, "") if view.personal else ""
    saved = SavedPreferences.parse(cookie)
    try:
        of_url = view_options.parse(options)
        added = tuple(
            (name, value)
            for name, value in saved.options().items()
            if name != "units" or of_url.units is None
        )
        shown = view_options.parse((*options, *added), accept_language)
    except InvalidOption as error:
        problems.append(error)
        shown = view_options.parse((), accept_language)
    return replace(shown, saved=saved)


def _query(
    where: str | None,
    values: Mapping[str, str],
    declared: Endpoint,
    problems: list[WeatherError],
) -> Query:
    if not set(PLACE) <= set(declared.parameters):
        return VisitorQuery()
    try:
        return _parse_query(where, values)
    except WeatherError as error:
        problems.append(error)
        return VisitorQuery()


def _parse_query(where: str | None, values: Mapping[str, str]) -> Query:
    """Raises `InvalidLocation` or `LocationNotFound`."""
    if where is not None:
        if _NO_PLACE.fullmatch(where):
            raise LocationNotFound("That is no place.")
        return places.parse(where)
    if "lat" in values or "lon" in values:
        return places.from_pair(values.get("lat"), values.get("lon"))
    if "ip" in values:
        return places.from_address(values["ip"])
    return places.parse(values.get("q", ""))
