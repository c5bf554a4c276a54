"""The HTML representation, for browsers."""

from typing import TYPE_CHECKING

from weather.views.deferred import deferred

if TYPE_CHECKING:
    from weather.views.html.comparison import render_comparison
    from weather.views.html.pages import render, render_error, render_fallback
else:
    _PAGES = "weather.views.html.pages"
    render = deferred(_PAGES, "render")
    render_error = deferred(_PAGES, "render_error")
    render_fallback = deferred(_PAGES, "render_fallback")
    render_comparison = deferred("weather.views.html.comparison", "render_comparison")

__all__ = ["render", "render_comparison", "render_error", "render_fallback"]
