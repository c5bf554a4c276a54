"""Which places a comparison is of, and as how many requests it counts."""

from __future__ import annotations

from collections.abc import Iterable

from weather.core.threads import PLACES_PER_COMPARISON
from weather.views.page_address import Option
from weather.web import query_string
from weather.web.microcache import Environ

PATH = "/compare"


def names(options: Iterable[Option]) -> list[str]:
    """The names of the places, each once, as many as are compared."""
    values = (value for name, value in options if name == "q" and value)
    return list(dict.fromkeys(values))[:PLACES_PER_COMPARISON]


def requests(environ: Environ) -> int:
    """As how many requests a comparison counts: one for each of its places."""
    raw = environ.get("QUERY_STRING", "").encode("latin-1", "replace")
    return max(len(names(query_string.parse(raw))), 1)
