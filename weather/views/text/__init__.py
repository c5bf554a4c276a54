"""The plain-text representation, for terminals."""

from weather.views.text.report import render, render_error, render_fallback

__all__ = ["render", "render_error", "render_fallback"]
