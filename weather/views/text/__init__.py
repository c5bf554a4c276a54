"""The report for a terminal."""

from weather.views.text.report import render, render_error, render_fallback

__all__ = ["render", "render_error", "render_fallback"]
