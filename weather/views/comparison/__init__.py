"""Several places side by side as text; `views.html` has the page, and `views.json` the batch."""

from weather.views.comparison.results import Results
from weather.views.comparison.text import render_text

__all__ = ["Results", "render_text"]
