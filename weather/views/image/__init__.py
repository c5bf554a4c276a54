"""The preview image of a page."""

from weather.views.image.preview import render

__all__ = ["render"]
