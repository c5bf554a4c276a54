"""A page as read back by an HTML parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "img"}
# The elements whose end tags may be left out, and those that end by the start of another one.
_OPTIONAL = {"li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "option"}
_ENDED_BY = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "tbody": {"td", "th", "tr", "thead"},
    "option": {"option"},
}
_RAW = {"style", "script"}


class Document(HTMLParser):
    """The elements of a page as (tag, attributes), and the text of each element.

    Raises `AssertionError` for an element that is not closed in its place, and for a
    duplicate attribute.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.raw: list[tuple[str, str]] = []  # tags and texts of styles and scripts
        self._open: list[tuple[str, list[str]]] = []
        self.feed(html)
        self.close()
        while self._open and self._open[-1][0] in _OPTIONAL:  # of a part of a page
            self._end()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._open and self._open[-1][0] in _ENDED_BY.get(tag, ()):
            self._end()
        assert len(attrs) == len(dict(attrs)), f"duplicate attribute: {attrs}"
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append((self._name(tag), []))
        named = dict(attrs)
        if named.get("role") == "img":  # read by screen readers as words
            self.handle_data(f"{named.get('aria-label') or named.get('title') or ''} ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert any(tag == "svg" for tag, _ in self._open), f"self-closing outside SVG: {tag}"
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open[-1][0] in _OPTIONAL and self._open[-1][0] != tag:
            self._end()
        assert self._open[-1][0] == self._name(tag)
        self._end()

    def _end(self) -> None:
        name, words = self._open.pop()
        self.texts.append((name, " ".join("".join(words).split())))

    def _name(self, tag: str) -> str:
        """The tag; "svg title" for the title of a drawing."""
        in_svg = tag == "title" and any(tag == "svg" for tag, _ in self._open)
        return "svg title" if in_svg else tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] in _RAW:
            self.raw.append((self._open[-1][0], data))
            return
        for _, words in self._open:
            words.append(data)

    def all(self, tag: str) -> list[str]:
        """The texts of all elements of a tag."""
        return [text for name, text in self.texts if name == tag]

    def one(self, tag: str) -> str:
        """The text of the only element of a tag."""
        (text,) = self.all(tag)
        return text

    def attributes(self, tag: str, name: str) -> list[str]:
        """The values of an attribute of all elements of a tag."""
        return [
            attributes[name] or ""
            for element, attributes in self.elements
            if element == tag and name in attributes
        ]

    @property
    def text(self) -> str:
        return self.one("body")

    @property
    def facts(self) -> dict[str, str]:
        """The first value of each label."""
        pairs = zip(self.all("dt"), self.all("dd"), strict=True)
        return dict(reversed(list(pairs)))

    def values(self, label: str) -> list[str]:
        """All values of a label."""
        pairs = zip(self.all("dt"), self.all("dd"), strict=True)
        return [value for name, value in pairs if name == label]

    @property
    def links(self) -> dict[str, str]:
        """The URLs of the links by their text."""
        urls = self.attributes("a", "href")
        return dict(zip(self.all("a"), urls, strict=True))

    def row(self, heading: str) -> list[str]:
        """The cells of the row of the hours' table with a heading."""
        unseen, end = "(?:<span class=unseen>)?", "(?:</span>)?(<td.*?)(?=<tr|</table)"
        row = re.search(f"<th scope=row>{unseen}{re.escape(heading)}{end}", self.html, re.S)
        assert row, f"no row {heading}"
        return Document(row[1]).all("td")

    def hidden_inputs(self) -> dict[str | None, str | None]:
        """The values of the hidden form fields by name."""
        inputs = [attributes for tag, attributes in self.elements if tag == "input"]
        return {field["name"]: field["value"] for field in inputs if field.get("type") == "hidden"}
