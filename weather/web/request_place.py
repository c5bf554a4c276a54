"""Which place a request is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from weather.core.errors import InvalidLocation, LocationNotFound, WeatherError
from weather.places import query as places
from weather.places.query import Query, VisitorQuery
from weather.web import cycle
from weather.web.cycle import Turn
from weather.web.endpoint import Endpoint

# Requests by scanners and by browsers' habit; no upstream call is made for them.
_NO_PLACE = re.compile(
    r"\.well-known|\..*|.*\.(?:php|aspx?|jsp|cgi|env|git|xml|txt|js|css|map|json|ico|png|jpe?g"
    r"|gif|svg|webp|html?|ya?ml|zip|gz|sql|bak)",
    re.IGNORECASE,
)

# What precedes `location=`.
_OTHER_PLACES = frozenset({"link", "q", "lat", "lon", "ip"})


def turn(
    arguments: dict[str, str],
    values: Mapping[str, str],
    now: Callable[[], datetime],
) -> Turn | None:
    """The place of a list in the path or `location=`, which becomes that of the request."""
    where = arguments.get("where", "")
    if not where and not _OTHER_PLACES.isdisjoint({*values, *arguments}):
        return None
    where = where or values.get("location", "")
    chosen = cycle.turn(where, values.get("period", ""), now()) if ":" in where else None
    if chosen:
        arguments["where"] = chosen.where
    return chosen


def query(
    arguments: Mapping[str, str],
    values: Mapping[str, str],
    declared: Endpoint,
    problems: list[WeatherError],
) -> Query:
    """What is searched for a place: of the path first, then of the `values` of the query string.
    Adds to the `problems` what cannot be one."""
    if not declared.reads_place:
        return VisitorQuery()
    try:
        return _parsed(arguments, values)
    except WeatherError as error:
        if isinstance(error, InvalidLocation) and not error.parameter:
            error.parameter = _parameter(arguments, values)
        problems.append(error)
        return VisitorQuery()


def _parsed(arguments: Mapping[str, str], values: Mapping[str, str]) -> Query:
    """Raises `InvalidLocation` or `LocationNotFound`."""
    if "link" in arguments:
        # The query of the map's address is that of the request.
        return places.from_link(f"{arguments['link']}?{_joined(values)}")
    if arguments.get("where"):
        where = arguments["where"]
        if _NO_PLACE.fullmatch(where):
            raise LocationNotFound("That is no place.")
        return places.parse(where)
    if "lat" in values or "lon" in values:
        return places.from_pair(values.get("lat"), values.get("lon"))
    if "ip" in values:
        return places.from_address(values["ip"])
    return places.parse(values.get("q") or values.get("location") or "")


def _parameter(arguments: Mapping[str, str], values: Mapping[str, str]) -> str:
    """The name of the parameter that has the name of the place; empty for one of the path."""
    if arguments.get("where") or "link" in arguments:
        return ""
    return next((name for name in ("q", "location") if values.get(name)), "")


def _joined(values: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in values.items())
