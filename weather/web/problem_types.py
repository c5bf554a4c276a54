"""The types of problems, each with the page that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus

from weather.core.dataclass import dataclass
from weather.core.errors import WeatherError
from weather.web.problems import HTTP_TYPES

# What a client can do about each.
MEANINGS: Mapping[str, str] = {
    "invalid-location": (
        "No place can have this name or these coordinates: a latitude beyond 90°, half a pair of "
        "coordinates, a name without letters and digits. The same request fails always."
    ),
    "invalid-parameter": (
        "A parameter has a value that it cannot have. `parameter` names it, and `detail` says "
        "which values it can have."
    ),
    "unknown-parameter": (
        "Below /api/v1, parameters that do not exist are refused, because the response would not "
        "be what was meant. `parameter` names it, and `did_you_mean` the one that is probably "
        "meant."
    ),
    "conflicting-parameters": (
        "A parameter is given twice, or two parameters each name a place, such as q with lat. "
        "`parameter` names one of them. Several places are a request to /api/v1/batch."
    ),
    "unknown-path": "There is nothing at this address. /docs lists the addresses of the API.",
    "unknown-location": (
        "No gazetteer has a place of this name. Check the spelling, or name a larger place "
        "nearby, or give coordinates. /api/v1/places finds places by their names."
    ),
    "unknown-visitor-location": (
        "The place of the client's IP address, or of the address of ip=, is not known. Name the "
        "place by q, or by lat and lon."
    ),
    "too-many-requests": (
        "The client has made too many requests in this minute; a request of several places counts "
        "as one for each. Try again after `retry_after` seconds. The header RateLimit says how "
        "many requests are left."
    ),
    "allowance-spent": (
        "The client, or its network, has caused its share of the calls to a weather service. "
        "Places that are cached are still served. Try again after `retry_after` seconds."
    ),
    "overloaded": (
        "The service has more requests than it can answer in time. Try again after `retry_after` "
        "seconds."
    ),
    "unusable-upstream-response": "The weather service sent a response that cannot be used.",
    "upstream-timeout": "The weather service did not respond in time.",
    "upstream-unavailable": (
        "The weather service refuses or cannot be reached. Try again after `retry_after` seconds."
    ),
    "search-unavailable": (
        "The search for places cannot be reached, and the gazetteer of this service lacks the "
        "name, which may exist all the same. Try again after `retry_after` seconds, or give "
        "coordinates."
    ),
    "upstream-call-skipped": (
        "The weather service was not called, because it has failed several times, because too "
        "many calls wait for it, or because this service has used up its calls. Try again after "
        "`retry_after` seconds."
    ),
    "upstream-call-declined": (
        "The weather service was not called for this request: the calls that are left are for "
        "other requests. Try again after `retry_after` seconds."
    ),
    "answer-unknown": (
        "The forecast does not cover the time that the question is about, so that the answer is "
        "neither yes nor no."
    ),
    "internal-error": "A fault of this service, which has been logged.",
    "bad-request": "The request is no valid HTTP request, or its Host header is not valid.",
    "method-not-allowed": "The address has no such method. The header Allow lists those it has.",
    "length-required": "A form must have a Content-Length.",
    "content-too-large": "The form is too long.",
    "unsupported-media-type": "The form is of another media type than the one it must have.",
}


@dataclass(frozen=True, slots=True)
class ProblemType:
    name: str
    status: int
    title: str
    meaning: str


def problem_types() -> dict[str, ProblemType]:
    """The types by name: of our errors, and of HTTP's own."""
    ours = {error.type: (error.status, error.title) for error in _classes(WeatherError)}
    http = {name: (status, HTTPStatus(status).phrase) for status, name in HTTP_TYPES.items()}
    return {
        name: ProblemType(name, status, title, MEANINGS.get(name, title))
        for name, (status, title) in (ours | http).items()
    }


def _classes(error: type[WeatherError]) -> Iterator[type[WeatherError]]:
    if "type" in vars(error):
        yield error
    for child in error.__subclasses__():
        yield from _classes(child)
