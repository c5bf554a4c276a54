"""Which representation a client wants: a page, text, one line or JSON.

`?format=` always wins, then what `Accept` names, then whether the client is a terminal.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from weather.core.errors import InvalidOption
from weather.views.oneline import template as line_format


class Representation(StrEnum):
    HTML = "html"
    TEXT = "text"
    JSON = "json"
    LINE = "line"  # asked for by its template, not by this name


# Parts of the User-Agents, in lower case, whose users read plain text.
_TERMINALS = (
    *("curl", "httpie", "lwp-request", "wget", "python-httpx", "python-requests"),
    *("openbsd ftp", "powershell", "fetch", "aiohttp", "http_get", "xh", "nushell", "zig"),
    "limnoria",
)
_NAMES = frozenset({"html", "text", "json"})
_TYPES = {
    "text/html": Representation.HTML,
    "application/xhtml+xml": Representation.HTML,
    "text/plain": Representation.TEXT,
    "application/json": Representation.JSON,
    "application/problem+json": Representation.JSON,
}


@lru_cache(maxsize=512)
def negotiate(asked: str | None, accept: str, user_agent: str) -> Representation:
    """Raises `InvalidOption` for a `format` that there is not."""
    if asked:
        return Representation.LINE if line_format.template(asked) else _named(asked.lower())
    return _accepted(accept[:1000]) or _by_client(user_agent[:500].lower())


def _named(name: str) -> Representation:
    if name not in _NAMES:
        raise InvalidOption(
            "format can be html, text, json, 1 to 4 for one line, or a line such as %l:+%c+%t."
        )
    return Representation(name)


def _accepted(accept: str) -> Representation | None:
    """The known type with the highest quality; the first of equals, as browsers send them."""
    best, most = None, 0.0
    for part in accept.split(","):
        name, _, parameters = part.partition(";")
        representation = _TYPES.get(name.strip().lower())
        quality = _quality(parameters)
        if representation and quality > most:
            best, most = representation, quality
    return best


def _quality(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def _by_client(user_agent: str) -> Representation:
    terminal = any(part in user_agent for part in _TERMINALS)
    return Representation.TEXT if terminal else Representation.HTML
