"""The address of a page, and the links that follow from it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

Option = tuple[str, str | None]
"""A name and its value; the value is None for a flag that stands without "="."""


@dataclass(frozen=True, slots=True)
class PageAddress:
    """Path and options are as decoded from the request; `origin` is scheme and host."""

    path: str = "/"
    options: tuple[Option, ...] = ()
    origin: str = ""

    def __str__(self) -> str:
        """The URL relative to the host."""
        return _url(self.path, self.options)

    def having(self, name: str, value: str) -> str:
        """The relative URL with one option set."""
        others = [option for option in self.options if option[0] != name]
        return _url(self.path, [*others, (name, value)])

    def without(self, names: Container[str]) -> str:
        """The relative URL without some options."""
        return _url(self.path, [option for option in self.options if option[0] not in names])

    def names(self, name: str) -> bool:
        """Whether the URL sets an option."""
        return any(option[0] == name for option in self.options)

    @property
    def sticky_options(self) -> tuple[tuple[str, str], ...]:
        """The units and the language that the URL chooses; links to other places keep them."""
        return tuple((n, v) for n, v in self.options if n in {"units", "lang"} and v)


def _url(path: str, options: tuple[Option, ...] | list[Option]) -> str:
    query = "&".join(
        quote_plus(name) if value is None else f"{quote_plus(name)}={quote_plus(value)}"
        for name, value in options
    )
    # A path of two slashes would name a host.
    return quote("/" + path.lstrip("/")) + (f"?{query}" if query else "")
