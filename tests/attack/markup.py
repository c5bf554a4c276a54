"""What a browser makes of a page: its elements and their attributes, by an HTML parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

Element = tuple[str, tuple[str, ...]]

_SCHEMES = re.compile(r"\s*(?:https?:|/|\?|#|data:image/(?:svg\+xml|png)[;,]|$)", re.IGNORECASE)
_URLS = frozenset("href src action formaction poster data xlink:href srcset".split())


class Page(HTMLParser):
    """The elements of a page, each with the names of its attributes, and what is wrong."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[Element] = set()
        self.code: set[str] = set()  # of scripts and styles
        self.problems: list[str] = []
        self._within = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._within = tag if tag in {"script", "style"} else ""
        self.elements.add((tag, tuple(sorted({name for name, _ in attributes}))))
        for name, value in attributes:
            if name.startswith("on"):
                self.problems.append(f"a handler: {tag} {name}={value!r:.80}")
            if name in _URLS and not _SCHEMES.match(value or ""):
                self.problems.append(f"an address: {tag} {name}={value!r:.80}")
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            self.problems.append(f"an attribute twice: {tag} {names}")

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within:
            self.code.add(data)

    def handle_comment(self, data: str) -> None:
        self.problems.append(f"a comment: {data!r:.80}")

    def unknown_decl(self, data: str) -> None:
        self.problems.append(f"a declaration: {data!r:.80}")

    def handle_pi(self, data: str) -> None:
        self.problems.append(f"an instruction: {data!r:.80}")
