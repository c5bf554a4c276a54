"""Pages without weather: a heading, and content of our own. They need no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from weather.views.html.assets import ICON_URL, PLAIN_STYLE


def page(title: str, content: str, home: str = "/") -> str:
    """A page whose content is HTML; `home` is the path of the start page."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="same-origin">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<link rel="icon" href="{ICON_URL}">\n<style>{PLAIN_STYLE}</style>\n</head>\n<body>\n'
        f'<header><a class="brand" href="{escape(home)}">The weather where you are</a></header>\n'
        f'<main id="main"><section class="card"><h1>{escape(title)}</h1>\n{content}\n'
        "</section></main>\n</body>\n</html>\n"
    )


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table of cells that are HTML."""
    head = "".join(f"<th scope=col>{cell}</th>" for cell in header)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
