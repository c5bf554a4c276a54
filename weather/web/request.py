"""A request, parsed once: where, which view, and how to show it."""

from __future__ import annotations

import time
from datetime import datetime

from flask import Request, g
from flask import request as flask_request

from weather.core.dataclass import dataclass
from weather.core.deadline import Deadline
from weather.core.errors import WeatherError
from weather.core.ip_address import Address
from weather.core.payer import Payer
from weather.places.query import Query
from weather.views.options import ViewOptions
from weather.views.page_address import Option
from weather.views.registry import View
from weather.web import environ
from weather.web.special_paths import SpecialPath


@dataclass(frozen=True, slots=True)
class RequestOptions:
    """Everything that a request chooses. `problem` is the error of the first invalid option,
    which has its default here, so that the error can be rendered in the requested view and
    language."""

    query: Query
    view: View
    view_options: ViewOptions
    strict: bool  # an error instead of climate normals
    visitor: Address | None
    crawler: bool
    options: tuple[Option, ...]
    problem: WeatherError | None = None
    special: SpecialPath | None = None  # of a path that is no place
    compared: tuple[str, ...] = ()  # the places of a table
    until: datetime | None = None  # when a list of places shows another one

    @property
    def language(self) -> str:
        """ISO 639-1, of the names of places."""
        return self.view.place_language(self.view_options.language[:2])

    def values(self, name: str) -> list[str]:
        """All values of an option, the empty ones left out."""
        return [value for key, value in self.options if key == name and value]

    def deadline(self, seconds: float) -> Deadline:
        """The deadline of the response, counted from when the request came. Crawlers get what
        is cached: no upstream call is made for them. The calls of others spend the visitor's
        allowance."""
        payer = flask_request.environ[environ.PAYER] = Payer.of(self.visitor)
        return Deadline(
            seconds - time_in_queue(flask_request), allow_upstream=not self.crawler, payer=payer
        )


def request_options() -> RequestOptions:
    """Of the current request. Raises the `WeatherError` of an invalid option."""
    options: RequestOptions = g.options
    if options.problem:
        raise options.problem
    return options


def time_in_queue(request: Request) -> float:
    """Seconds that the request waited for a thread; 0 where the server does not say."""
    arrived: float | None = request.environ.get(environ.ARRIVED)
    return 0.0 if arrived is None else max(time.monotonic() - arrived, 0.0)
