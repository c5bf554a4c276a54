"""The preview picture of a page."""

from weather.views.image.preview import render

__all__ = ["render"]
