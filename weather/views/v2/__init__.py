"""Three days as charts of characters: wttr.in's `format=v2`, and `v2d` and `v2n` for Nerd Fonts."""

from typing import TYPE_CHECKING

from weather.views.deferred import deferred

if TYPE_CHECKING:
    from weather.views.v2.report import render, render_day, render_night
else:
    _REPORT = "weather.views.v2.report"
    render = deferred(_REPORT, "render")
    render_day = deferred(_REPORT, "render_day")
    render_night = deferred(_REPORT, "render_night")

__all__ = ["render", "render_day", "render_night"]
