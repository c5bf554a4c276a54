"""The URL of a page, and URLs derived from it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from urllib.parse import quote, quote_plus

from weather.core.dataclass import dataclass

Option = tuple[str, str | None]
"""A name and its value; the value is None for a flag without "="."""

_LONGEST = 200  # characters of what is cached: long requests must not fill the memory
SETTINGS = frozenset({"units", "lang", "clock"})
"""The options that the settings of a page choose."""


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A URL in parts: decoded path and options; `origin` is scheme and host, `prefix` the path of
    the start page without its last slash."""

    path: str = "/"
    options: tuple[Option, ...] = ()
    origin: str = ""
    prefix: str = ""

    def __str__(self) -> str:
        """The URL relative to the host."""
        return self.prefix + _relative_url(self.path, self.options)

    def absolute(self, url: str) -> str:
        """The absolute URL of one that is relative to the start page."""
        return self.origin + self.prefix + url

    def with_option(self, name: str, value: str) -> str:
        """The relative URL with one option set."""
        others = [option for option in self.options if option[0] != name]
        return self.prefix + _relative_url(self.path, [*others, (name, value)])

    def without_options(self, names: Container[str]) -> str:
        """The relative URL without the named options."""
        others = [option for option in self.options if option[0] not in names]
        return self.prefix + _relative_url(self.path, others)

    def has_option(self, name: str) -> bool:
        """Whether the URL sets an option."""
        return any(option[0] == name for option in self.options)

    @property
    def sticky_options(self) -> tuple[tuple[str, str], ...]:
        """The URL's units, language and clock, which links to other places repeat."""
        return tuple((name, value) for name, value in self.options if name in SETTINGS and value)


def _relative_url(path: str, options: Sequence[Option]) -> str:
    query = "&".join(map(_quoted_option, options))
    of_path = _cached_path(path) if len(path) <= _LONGEST else _quoted_path(path)
    return of_path + (f"?{query}" if query else "")


def _quoted_path(path: str) -> str:
    # Browsers take what follows two leading slashes for a host.
    return quote("/" + path.lstrip("/"))


def _quoted_option(option: Option) -> str:
    name, value = option
    if len(name) + len(value or "") <= _LONGEST:
        return _cached_option(name, value)
    return _option(name, value)


def _option(name: str, value: str | None) -> str:
    return quote_plus(name) if value is None else f"{quote_plus(name)}={quote_plus(value)}"


_cached_path = lru_cache(maxsize=64)(_quoted_path)  # a page has six URLs of its own path
_cached_option = lru_cache(maxsize=256)(_option)
