"""The short forms of HTML: a page has hundreds of tags, and a first visit few packets."""

from __future__ import annotations

import re

from jinja2.ext import Extension

_JINJA = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
# HTML Standard, 13.1.2.4: where what follows is one of their kind or the end of their parent.
_OPTIONAL_END_TAGS = re.compile(r"</(?:li|d[dt]|t[dhr]|thead|tbody|option)>")
# 13.1.2.3: such values need no quotes. Before a `/` that closes an element of SVG they do, and
# those of `<meta>` keep them: programs look for them by patterns.
_QUOTED = re.compile(r'(?<= )(?!name|content|property)([a-z-]+)="([\w.:#-]+)"(?=[ >])')


class ShortForms(Extension):
    """Compiles templates without optional end tags and without quotes that values do not need."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        parts = _JINJA.split(source)
        parts[::2] = map(shortened, parts[::2])
        return "".join(parts)


def shortened(html: str) -> str:
    """The markup in its short form."""
    return _QUOTED.sub(r"\1=\2", _OPTIONAL_END_TAGS.sub("", html))
