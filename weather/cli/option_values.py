"""The values of the command line's options. In URLs an impossible value of wttr.in's interface is
ignored, as there; on the command line it is refused, since a person sees the error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weather.cli.usage import ImpossibleArgument
from weather.core.errors import InvalidOption
from weather.core.ip_address import parse_address
from weather.views import registry
from weather.views.question import TOPICS
from weather.web import comparison, parameters
from weather.web.negotiation import negotiate
from weather.web.parameter_kinds import Degrees, Kind

Options = Mapping[str, str]

_DECLARED = (
    *(*parameters.PLACE, *parameters.PRESENTATION, *parameters.PAGE, *parameters.COMPATIBLE),
    *(*parameters.ANSWER, parameters.FIELDS, parameters.STRICT, parameters.API_LANGUAGE),
)
_KINDS: Mapping[str, Kind] = {parameter.name: parameter.kind for parameter in _DECLARED}
_OUTPUTS = (*registry.PICTURES, "txt", "html", "json", "ics")
_PLACES = ("lat", "lon", "ip")  # each names a place by itself, but for the first two


def check(path: str, options: Options) -> None:
    """Raises `ImpossibleArgument` for the first value that its option cannot have, and for options
    that exclude each other. `path` is that of the request."""
    for name, value in options.items():
        try:
            _check_value(name, value, is_picture=_is_picture(path, options))
        except InvalidOption as error:
            raise ImpossibleArgument(f"--{error}") from None
    _check_place(path, options)
    _check_question(path, options)


def _check_value(name: str, value: str, *, is_picture: bool) -> None:
    """Raises `InvalidOption`."""
    kind: Any = _KINDS.get(name)
    if name in {"format", "view"} and value.lower() != comparison.TABLE:
        _check_view(name, value)
    elif name == "output" and value.lower() not in _OUTPUTS:
        raise InvalidOption(f"output can be {', '.join(_OUTPUTS)}.")
    elif name == "width" and is_picture:
        parameters.PIXELS.read(name, value)
    elif name == "ip" and parse_address(value) is None:
        raise InvalidOption("ip must be an IPv4 or IPv6 address.")
    elif isinstance(kind, Degrees):
        _check_degrees(name, value, kind.limit)
    elif kind:
        kind.read(name, value)


def _check_view(name: str, value: str) -> None:
    try:
        negotiate(value, "", "")
    except InvalidOption as error:
        raise InvalidOption(str(error).replace("format", name, 1)) from None


def _check_degrees(name: str, value: str, limit: float) -> None:
    try:
        is_possible = -limit <= float(value) <= limit
    except ValueError:
        is_possible = False
    if not is_possible:
        raise InvalidOption(f"{name} must be decimal degrees from {-limit:g} to {limit:g}.")


def _is_picture(path: str, options: Options) -> bool:
    kind = options.get("output") or path.rpartition(".")[2]
    return kind.lower() in registry.PICTURES


def _check_place(path: str, options: Options) -> None:
    named = [f"--{name}" for name in _PLACES if name in options]
    if ("lat" in options) != ("lon" in options):
        raise ImpossibleArgument("--lat and --lon are given together.")
    is_twice = "ip" in options and "lat" in options
    if named and (is_twice or (path != "/" and path[1:] not in TOPICS)):
        raise ImpossibleArgument(f"Name one place: by its name, or {' and '.join(named)}.")


def _check_question(path: str, options: Options) -> None:
    topic = TOPICS.get(path.rpartition("/")[2])
    if "within" in options and topic is None:
        raise ImpossibleArgument("--within is for a question, such as London/rain.")
    if "above" in options and (topic is None or topic.above is None):
        raise ImpossibleArgument("--above is for wind and gusts, such as London/wind.")
