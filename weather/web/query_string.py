"""The query string, parsed once from its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from weather.views.oneline import template
from weather.views.page_address import Option
from weather.web.paths import decode, unquote


@lru_cache(maxsize=1024)
def parse(raw: bytes) -> tuple[Option, ...]:
    """The options in their order. A name without "=" has the value None: terminal clients write
    their one-letter flags so (`?0pq`). Bytes that are not UTF-8 are read as Windows-1252."""
    return tuple(_options(raw))


def _options(raw: bytes) -> Iterator[Option]:
    for part in raw.split(b"&"):
        name, equals, value = part.partition(b"=")
        if not part:
            continue
        if name == b"format":
            # Written with bare percent signs by the clients of wttr.in.
            yield "format", template.decode(decode(value)) if equals else None
        else:
            yield unquote(name), unquote(value) if equals else None
