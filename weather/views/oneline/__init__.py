"""The one-line representation, for status bars and prompts."""

from weather.views.oneline.line import (
    render,
    render_error,
    shows_air_quality,
    shows_seconds,
    shows_time,
)

__all__ = ["render", "render_error", "shows_air_quality", "shows_seconds", "shows_time"]
