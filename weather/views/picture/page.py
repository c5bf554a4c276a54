"""A text with ANSI colours as a page, for browsers, which cannot show the colours of a terminal."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from weather.core.models import ClimateFallback, Report
from weather.i18n.languages import get_language
from weather.views import wording
from weather.views.ansi import strip_controls
from weather.views.options import ViewOptions
from weather.views.picture.pictures import drawable, svg_of


def page(render: Callable[..., str | bytes]) -> Callable[[Any, ViewOptions], str]:
    """The renderer of a page, of the renderer of a text of a report or of climate normals."""

    def render_page(subject: Report | ClimateFallback, options: ViewOptions) -> str:
        language = get_language(options.language)
        title = strip_controls(wording.place(language, subject.place))
        return page_of(str(render(subject, drawable(options))), title, options)

    return render_page


def page_of(text: str, title: str, options: ViewOptions) -> str:
    """The page. It has the text as SVG, whose colours are attributes: the policy for pages allows
    no other styles than that of the report."""
    scheme = "light" if options.is_light else "dark"
    return (
        f'<!doctype html>\n<html lang="{drawable(options).language}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="{scheme}">\n</head>\n'
        f"<body>\n{svg_of(text, options)}</body>\n</html>\n"
    )
