"""Which places a comparison or a batch is of, and as how many requests they count."""

from __future__ import annotations

from collections.abc import Iterable

from weather.core.errors import InvalidOption
from weather.core.threads import PLACES_PER_COMPARISON
from weather.views.page_address import Option
from weather.web import query_string
from weather.web.microcache import Environ
from weather.web.parameters import BATCH_PLACES

PATH = "/compare"
BATCH_PATH = "/api/v1/batch"


def names(options: Iterable[Option]) -> list[str]:
    """The names of the places, each once, as many as are compared."""
    values = (value for name, value in options if name == "q" and value)
    return list(dict.fromkeys(values))[:PLACES_PER_COMPARISON]


def batch_names(options: Iterable[Option]) -> list[str]:
    """The names of the places of a batch, as they are given. Raises `InvalidOption` without one,
    and for too many."""
    values = [value or "" for name, value in options if name == "q"]
    if not values or len(values) > BATCH_PLACES:
        raise InvalidOption(f"q must be given 1 to {BATCH_PLACES} times, once for each place.", "q")
    return values


def requests(environ: Environ, path: str) -> int:
    """As how many requests one counts: as one for each of its places."""
    if path not in {PATH, BATCH_PATH}:
        return 1
    raw = environ.get("QUERY_STRING", "").encode("latin-1", "replace")
    options = query_string.parse(raw)
    if path == PATH:
        return max(len(names(options)), 1)
    return min(max(sum(name == "q" for name, _ in options), 1), BATCH_PLACES)
