"""The page for browsers."""

from weather.views.html.pages import render, render_comparison, render_error, render_fallback

__all__ = ["render", "render_comparison", "render_error", "render_fallback"]
