"""The HTML representation, for browsers."""

from typing import TYPE_CHECKING

from weather.views.deferred import deferred

if TYPE_CHECKING:
    from weather.views.html.comparison import render_comparison
    from weather.views.html.embed import render_embed, render_embed_error, render_embed_fallback
    from weather.views.html.pages import render, render_error, render_fallback
else:
    _PAGES = "weather.views.html.pages"
    render = deferred(_PAGES, "render")
    render_error = deferred(_PAGES, "render_error")
    render_fallback = deferred(_PAGES, "render_fallback")
    render_comparison = deferred("weather.views.html.comparison", "render_comparison")
    _EMBED = "weather.views.html.embed"
    render_embed = deferred(_EMBED, "render_embed")
    render_embed_error = deferred(_EMBED, "render_embed_error")
    render_embed_fallback = deferred(_EMBED, "render_embed_fallback")

__all__ = [
    "render",
    "render_comparison",
    "render_embed",
    "render_embed_error",
    "render_embed_fallback",
    "render_error",
    "render_fallback",
]
