"""A comparison as JSON: for each place the object of its weather, or problem details."""

from __future__ import annotations

from weather.views import json
from weather.views.comparison.results import Results
from weather.views.options import ViewOptions


def render_json(results: Results, options: ViewOptions) -> str:
    """An object with the list `places`, as that of a batch."""
    return json.render_batch(results, options)
