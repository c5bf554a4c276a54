"""The query string, parsed once from its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote_plus

from weather.views.oneline import template
from weather.views.page_address import Option


@lru_cache(maxsize=1024)
def parse(raw: bytes) -> tuple[Option, ...]:
    """The options in their order. A name without "=" has the value None: terminal clients write
    their one-letter flags so (`?0pq`). Bytes that are not UTF-8 become U+FFFD."""
    return tuple(_options(raw.decode(errors="replace")))


def _options(text: str) -> Iterator[Option]:
    for part in text.split("&"):
        name, equals, value = part.partition("=")
        if not part:
            continue
        if name == "format":
            # Written with bare percent signs by the clients of wttr.in.
            yield name, template.decode(value) if equals else None
        else:
            yield unquote_plus(name), unquote_plus(value) if equals else None
