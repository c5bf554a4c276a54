"""Several places side by side, as text and as JSON; `views.html` has the page."""

from weather.views.comparison.json import render_json
from weather.views.comparison.results import Results
from weather.views.comparison.text import render_text

__all__ = ["Results", "render_json", "render_text"]
