"""Which view a client wants: `format` first, then `Accept`, then the kind of client.

A page is for those who accept one: programs that name no media type get text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from weather.core.errors import InvalidOption
from weather.views import registry
from weather.views.oneline import template
from weather.views.registry import View

_LONGEST_ACCEPT = 1000  # characters of a header that are read
_LONGEST_AGENT = 500
# From 2.2 on it refuses a `format=j1` that is no text; before, one that is no JSON. Its User-Agent
# is `python_weather (https://github.com/null8626/python-weather 2.2.7) Python/`.
_PYTHON_WEATHER = re.compile(r"python[_-]weather[/ ](\d{1,4})\.(\d{1,4})(?:\.\d{1,4})?")
_RELEASES = {
    "python-weather 3.0.0": registry.J1.content_type,  # what 2.1.0 and 2.1.1 call themselves
    "python-weather 2.2.0": "application/text; charset=utf-8",
}
# Parts of the User-Agents, in lower case, whose users read plain text.
_TERMINALS = (
    *("curl", "httpie", "lwp-request", "wget", "python-httpx", "python-requests"),
    *("openbsd ftp", "powershell", "fetch", "aiohttp", "http_get", "xh", "nushell", "zig"),
    "limnoria",
)


def negotiate(format: str | None, accept: str, user_agent: str) -> View:
    """The view. Raises `InvalidOption` for a `format` that does not exist."""
    # Cut before anything reads them: the key of a kept response is made of the same parts.
    return _negotiate(format, accept[:_LONGEST_ACCEPT], user_agent[:_LONGEST_AGENT])


def views_of_agents(accept: str) -> tuple[View, View]:
    """The views of clients that accept this: of a terminal, and of another client. There are no
    others, whatever the User-Agent."""
    return negotiate(None, accept, _TERMINALS[0]), negotiate(None, accept, "")


@lru_cache(maxsize=512)
def _negotiate(format: str | None, accept: str, user_agent: str) -> View:
    if format:
        return registry.ONE_LINE if template.parse(format) else _by_name(format.lower())
    accepted = _by_media_type(accept)
    if accepted is registry.HTML and _is_terminal(user_agent) and not _accepts_only_html(accept):
        return registry.TEXT  # PowerShell accepts pages and cannot show one
    return accepted or registry.TEXT


def _by_name(name: str) -> View:
    view = registry.BY_FORMAT.get(name)
    if view is None:
        names = ", ".join(registry.BY_FORMAT)
        raise InvalidOption(
            f"format can be {names}, 1 to 4 for one line, or a line such as %l:+%c+%t."
        )
    return view


def _by_media_type(accept: str) -> View | None:
    """The view of the media type with the highest quality. `*/*` names none: terminals and
    browsers both send it."""
    media_types = parse_accept_header(accept, MIMEAccept)
    ranked = sorted(media_types, key=lambda item: -item[1])
    acceptable = (value.partition(";")[0].strip() for value, quality in ranked if quality > 0)
    views = (registry.BY_MEDIA_TYPE.get(value.lower()) for value in acceptable)
    return next(filter(None, views), None)


def _is_terminal(user_agent: str) -> bool:
    agent = user_agent.lower()
    return any(part in agent for part in _TERMINALS)


def _accepts_only_html(accept: str) -> bool:
    return accept.partition(";")[0].strip().lower() == "text/html"


def is_relay(user_agent: str) -> bool:
    """Whether the client shows the response to people in other countries than its own: Slack
    fetches links from the United States."""
    return "slack" in user_agent[:_LONGEST_AGENT].lower()


def content_type(view: View, user_agent: str) -> str:
    """The content type of a body: that of the view, but for a client that reads it as text."""
    return _content_type(view, user_agent[:_LONGEST_AGENT])


@lru_cache(maxsize=512)
def _content_type(view: View, user_agent: str) -> str:
    version = _PYTHON_WEATHER.search(user_agent)
    if version is None or view.name not in {registry.J1.name, registry.J2.name}:
        return view.content_type
    is_new = (int(version[1]), int(version[2])) >= (2, 2)
    content_type = registry.TEXT.content_type if is_new else view.content_type
    return _RELEASES.get(version[0], content_type)
