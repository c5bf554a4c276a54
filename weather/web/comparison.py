"""Which places a comparison or a batch is of, and as how many requests they count.

A comparison is `/compare?q=London&q=Paris`, or a list of the path: `/London:Paris?view=table`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from weather.core.errors import InvalidOption
from weather.core.threads import PLACES_PER_COMPARISON
from weather.views import registry
from weather.views.page_address import Option
from weather.views.registry import View
from weather.web import cycle, paths, query_string, special_paths, view_options
from weather.web.microcache import Environ
from weather.web.parameters import BATCH_PLACES

PATH = "/compare"
BATCH_PATH = "/api/v1/batch"
_PATHS = frozenset({PATH, BATCH_PATH})
TABLE = "table"
# Its representations by their formats; their errors are those of these views.
FORMS: Mapping[str, View] = {
    "text": registry.TEXT,
    "html": registry.HTML,
    "json": registry.JSON,
}
_MOST_NAMES = 20  # of which those that are too many are named as such


def names(options: Iterable[Option]) -> tuple[str, ...]:
    """The names of the places in `q`, each once."""
    return _distinct(value for name, value in options if name == "q" and value)


def table_names(where: str, options: tuple[Option, ...]) -> tuple[str, ...]:
    """The places of a table: those of a list in the path or in `location`, or its only place, or
    those in `q`; empty if the request is for no table."""
    values = view_options.named_values(options)
    format, view = (values.get(name, "").lower() for name in ("format", "view"))
    if TABLE not in {format, view} or format not in {"", TABLE, *FORMS}:
        return ()
    where = where or ("" if "q" in values else values.get("location", ""))
    if not where:
        return names(options)
    if special_paths.parse(where):
        return ()
    return _distinct(cycle.split(where) or (where,))


def compared(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the places that are compared, and of those that are too many."""
    return names[:PLACES_PER_COMPARISON], names[PLACES_PER_COMPARISON:]


def requests(path: str, environ: Environ) -> int:
    """As how many requests one for a path counts: a comparison as one for each of its places."""
    query: str = environ.get("QUERY_STRING", "")
    # The word may be percent-encoded.
    if path in _PATHS or TABLE in query.lower() or "%" in query:
        return _requests(path, query)
    return 1


@lru_cache(maxsize=1024)
def _requests(path: str, query: str) -> int:
    options = query_string.parse(query.encode("latin-1", "replace"))
    if path == BATCH_PATH:
        return min(max(sum(name == "q" for name, _ in options), 1), BATCH_PLACES)
    if path == PATH:
        places = names(options)
    else:
        where = path.rpartition("/")[2].encode("latin-1", "replace")
        places = table_names(paths.decode(where), options)
    return max(len(compared(places)[0]), 1)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:_MOST_NAMES]


def batch_names(options: Iterable[Option]) -> list[str]:
    """The names of the places of a batch, as they are given. Raises `InvalidOption` without one,
    and for too many."""
    values = [value or "" for name, value in options if name == "q"]
    if not values or len(values) > BATCH_PLACES:
        raise InvalidOption(f"q must be given 1 to {BATCH_PLACES} times, once for each place.", "q")
    return values
