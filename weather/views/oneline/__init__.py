"""One line, for status bars and prompts."""

from weather.views.oneline.line import render, render_error, render_fallback, tells_time

__all__ = ["render", "render_error", "render_fallback", "tells_time"]
