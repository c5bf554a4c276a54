"""The weather of several places at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from weather.core.deadline import Deadline
from weather.core.errors import InvalidLocation, WeatherError
from weather.core.ip_address import Address
from weather.core.models import ClimateFallback, LocatedPlace, Report
from weather.places import query as place_query
from weather.places.query import VisitorQuery
from weather.web.services import Services

Weather = Report | ClimateFallback | WeatherError


def weather(
    services: Services,
    names: Iterable[str],
    language: str,
    deadline: Deadline,
    report: Callable[[LocatedPlace, Deadline], Report | ClimateFallback],
    *,
    visitor: Address | None = None,
) -> list[tuple[str, Weather]]:
    """Each name with its weather, which `report` makes, or its error. The place of a `visitor`, if
    there is one, may be among them."""

    def find(name: str) -> Weather:
        try:
            query = place_query.parse(name)
            if isinstance(query, VisitorQuery) and visitor is None:
                raise InvalidLocation("Each q must name a place.")
            return report(services.locator.locate(query, visitor, language, deadline), deadline)
        except WeatherError as error:
            return error

    names = list(names)
    # In parallel, or the last one would have no time left.
    tasks = {name: services.places.submit(find, name) for name in dict.fromkeys(names)}
    return [(name, tasks[name].result()) for name in names]
