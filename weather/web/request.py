"""What a request asks, as it stands in its path, its query, its headers and its cookie."""

from __future__ import annotations

import re
import time

from flask import request

from weather.core.errors import LocationNotFound, WeatherError
from weather.core.ip_address import Address
from weather.places import query as location
from weather.views import preferences
from weather.views.oneline import template as line_format
from weather.views.preferences import Preferences
from weather.views.saved import COOKIE, SavedPreferences
from weather.web.environ import ALLOWANCE, ARRIVED, VISITOR
from weather.web.negotiation import Representation, negotiate
from weather.web.rate_limit import Allowance

# What scanners and browsers ask for by habit is no place, and no call is spent on it.
_NO_PLACE = re.compile(
    r"\.well-known|\..*|.*\.(?:php|aspx?|jsp|cgi|env|git|xml|txt|js|css|map|json|ico|png|jpe?g"
    r"|gif|svg|webp|html?|ya?ml|zip|gz|sql|bak)",
    re.IGNORECASE,
)


def visitor() -> Address | None:
    found: Address | None = request.environ[VISITOR]
    return found


def allowance() -> Allowance | None:
    found: Allowance | None = request.environ[ALLOWANCE]
    return found


def waited() -> float:
    """Seconds that the request stood in the server's line, as far as the server tells."""
    arrived: float | None = request.environ.get(ARRIVED)
    return 0.0 if arrived is None else max(time.monotonic() - arrived, 0.0)


def query(where: str | None) -> location.Query:
    """Raises `InvalidLocation` or `LocationNotFound`."""
    options = request.args
    if where is not None:
        if _NO_PLACE.fullmatch(where):
            raise LocationNotFound("That is no place.")
        return location.parse(where)
    if "lat" in options or "lon" in options:
        return location.from_pair(options.get("lat"), options.get("lon"))
    if "ip" in options:
        return location.from_address(options["ip"])
    return location.parse(options.get("q", ""))


def representation() -> Representation:
    """Raises `InvalidOption`."""
    if request.path.startswith("/api/"):
        return Representation.JSON
    asked = line_format.asked(request.query_string)
    if not asked and b"A" in request.query_string and wishes().force_text:
        return Representation.TEXT
    return negotiate(asked, header("Accept"), header("User-Agent"))


def representation_or_default() -> Representation:
    """The representation, or the client's usual one if it asks for one that there is not."""
    try:
        return representation()
    except WeatherError:
        return negotiate(None, header("Accept"), header("User-Agent"))


def line() -> str:
    """The template of one line."""
    return line_format.template(line_format.asked(request.query_string))


def kept(shown_as: Representation) -> SavedPreferences:
    """Only pages look at the cookie: programs say in the URL what they want."""
    html = shown_as is Representation.HTML
    return SavedPreferences.parse(request.cookies.get(COOKIE, "")) if html else SavedPreferences()


def wishes(kept: SavedPreferences | None = None) -> Preferences:
    """What the URL says, then what was kept, then what the browser's headers say. Raises
    `InvalidOption`."""
    said = (*request.args.items(multi=True), *(kept.options().items() if kept else ()))
    return preferences.parse(said, header("Accept-Language"))


def understood_wishes(kept: SavedPreferences) -> Preferences:
    """As far as they can be understood: an error is told in the right language."""
    try:
        return wishes(kept)
    except WeatherError:
        return Preferences()


def is_strict() -> bool:
    """`strict=1` asks for a forecast or an error, and nothing in between."""
    return request.args.get("strict", "0").lower() not in {"", "0", "false"}


def header(name: str) -> str:
    return request.headers.get(name, "")
