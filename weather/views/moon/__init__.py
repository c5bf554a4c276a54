"""The moon at a moment, for `/moon` and `/Moon@2026-12-25`."""

from weather.views.moon.report import MoonView, render

__all__ = ["MoonView", "render"]
