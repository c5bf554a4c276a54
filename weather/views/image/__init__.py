"""The preview image of a page."""

from typing import TYPE_CHECKING

from weather.views.deferred import deferred

if TYPE_CHECKING:
    from weather.views.image.preview import render
else:
    render = deferred("weather.views.image.preview", "render")

__all__ = ["render"]
