"""Answers to questions of yes and no, for scripts (docs/answers.md)."""

from weather.views.answers.render import render, render_json
from weather.views.answers.verdict import judge

__all__ = ["judge", "render", "render_json"]
