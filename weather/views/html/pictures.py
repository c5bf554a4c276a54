"""The elements that show an icon or an arrow of icons.html."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup


@lru_cache(maxsize=1024)
def picture(name: str, title: str = "") -> Markup:
    """The icon of a name; decoration without a title."""
    if not title:
        return Markup('<svg class="picture" aria-hidden="true"><use href="#{}"/></svg>').format(
            name
        )
    return Markup(
        '<svg class="picture" role="img"><title>{}</title><use href="#{}"/></svg>'
    ).format(title, name)


@lru_cache(maxsize=4096)
def arrow(degrees: int, title: str = "") -> Markup:
    """The arrow of a wind from `degrees`, which points where the wind blows to; decoration
    without a title, which names where it comes from."""
    use = Markup('<use href="#arrow" transform="rotate({} 8 8)"/></svg>').format(degrees)
    if not title:
        return Markup('<svg class="arrow" viewBox="0 0 16 16" aria-hidden="true">') + use
    svg = Markup('<svg class="arrow" viewBox="0 0 16 16" role="img"><title>{}</title>')
    return svg.format(title) + use
