"""Three days as charts of characters: wttr.in's `format=v2`, and `v2d` and `v2n` for Nerd Fonts."""

from weather.views.v2.report import render, render_day, render_night

__all__ = ["render", "render_day", "render_night"]
