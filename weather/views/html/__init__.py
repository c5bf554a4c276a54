"""The HTML representation, for browsers."""

from weather.views.html.comparison import render_comparison
from weather.views.html.pages import render, render_error, render_fallback

__all__ = ["render", "render_comparison", "render_error", "render_fallback"]
