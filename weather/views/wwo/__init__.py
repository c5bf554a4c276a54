"""JSON in the schema of World Weather Online's API, as wttr.in's `format=j1` and `j2` serve it.

Clients index it without checks, so every key is there, every leaf is a string, and every number is
one. What a provider lacks is the nearest value in time, else 0, and its name is listed in
`meta.missing`. docs/wttr.md describes the interface.
"""

from typing import TYPE_CHECKING

from weather.views.deferred import deferred

if TYPE_CHECKING:
    from weather.views.wwo.report import render, render_error, render_without_hours
else:
    _REPORT = "weather.views.wwo.report"
    render = deferred(_REPORT, "render")
    render_error = deferred(_REPORT, "render_error")
    render_without_hours = deferred(_REPORT, "render_without_hours")

__all__ = ["render", "render_error", "render_without_hours"]
