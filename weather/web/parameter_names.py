"""The parameters of a request, on routes that refuse what they do not declare: a program that
misspells a name must not get the weather of another place, nor one that misspells a value a
response to something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from weather.core.errors import ConflictingParameters, InvalidOption, UnknownParameter
from weather.views.page_address import Option
from weather.web.endpoint import Endpoint

# Names of other services' parameters, and of our flags, by those of ours with the same meaning.
_SYNONYMS = {
    "q": (
        *("address", "airport", "city", "country", "iata", "loc", "location", "name", "place"),
        *("postcode", "query", "search", "town", "where", "zip", "zipcode"),
    ),
    "lat": ("latitude", "y"),
    "lon": ("lng", "long", "longitude", "x"),
    "ip": ("host", "ip_address", "ipaddress"),
    "units": (
        *("m", "u", "system", "temperature_unit", "unit", "use_metric", "use_uscs"),
        *("wind_speed_unit", "precipitation_unit"),
    ),
    "lang": ("hl", "language", "lc", "locale"),
    "days": ("0", "1", "2", "3", "cnt", "forecast_days", "num_of_days"),
    "hours": ("forecast_hours",),
    "within": ("hours", "days", "for", "next"),
    "fields": ("columns", "current", "daily", "field", "hourly", "include", "only", "select"),
    "limit": ("count", "max", "max_results", "n", "num", "per_page", "size"),
}
_MEANT = {synonym: name for name, synonyms in _SYNONYMS.items() for synonym in synonyms}
# Each of these names a place by itself, but the last two.
_PLACES = ("q", "location", "ip", "lat", "lon")
_LONGEST = 50  # characters of a name that are repeated in a message


def problem(options: Sequence[Option], declared: Endpoint) -> InvalidOption | None:
    """The first name that the route does not declare, else parameters that exclude each other,
    else the first value that its parameter cannot have. None for a route that ignores what it
    does not declare."""
    if not declared.refuses_others:
        return None
    names = [name for name, _ in options]
    known = [parameter.name for parameter in declared.parameters]
    for name in names:
        if name not in known:
            return _unknown(name, known)
    repeatable = {parameter.name for parameter in declared.parameters if parameter.most > 1}
    for name, count in Counter(names).items():
        if count > 1 and name not in repeatable:
            return ConflictingParameters(f"{name} is given {count} times.", name)
    conflict = _conflict({name for name, value in options if value})
    return conflict or _impossible(options, declared)


def _impossible(options: Iterable[Option], declared: Endpoint) -> InvalidOption | None:
    kinds = {parameter.name: parameter.kind for parameter in declared.parameters}
    for name, value in options:
        try:
            kinds[name].read(name, value or "")
        except InvalidOption as error:
            error.parameter = name
            return error
    return None


def _unknown(name: str, known: list[str]) -> UnknownParameter:
    shortened = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    suggestion = _suggestion(name.strip().lower(), known)
    hint = f"Did you mean {suggestion}?" if suggestion else f"There are {', '.join(known)}."
    return UnknownParameter(
        f"There is no parameter “{shortened}” here. {hint}", shortened, suggestion
    )


def _suggestion(name: str, known: list[str]) -> str:
    """The declared parameter that a name may stand for; empty if there is none."""
    if name in known:
        return name
    if _MEANT.get(name) in known:
        return _MEANT[name]
    from difflib import get_close_matches  # noqa: PLC0415  # only errors need it

    return next(iter(get_close_matches(name, known, n=1)), "")


def _conflict(given: set[str]) -> ConflictingParameters | None:
    """Parameters that name more than one place."""
    places = [name for name in _PLACES if name in given]
    if len(places) < 2 or places == ["lat", "lon"]:
        return None
    first, second = places[:2]
    return ConflictingParameters(
        f"{first} and {second} each name a place. Give one of q, ip, and lat with lon.", second
    )
