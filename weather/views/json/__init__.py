"""The JSON representation."""

from weather.views.json.batch import render_batch
from weather.views.json.report import (
    around_age,
    dumps,
    render,
    render_error,
    render_fallback,
    render_places,
)

__all__ = [
    "around_age",
    "dumps",
    "render",
    "render_batch",
    "render_error",
    "render_fallback",
    "render_places",
]
