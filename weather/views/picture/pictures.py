"""Renderers of pictures, made of the renderers of texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from weather.core.models import Report
from weather.views.image import png as encoder
from weather.views.options import ViewOptions
from weather.views.picture import screen
from weather.views.picture import svg as svg_file
from weather.views.picture.colors import DARK, LIGHT, Theme
from weather.views.picture.raster import rasterise
from weather.views.picture.scaling import Size, scale

RenderText = Callable[[Report, ViewOptions], str]

_PADDING = 10  # pixels
_MIDDLE_GREY = 382  # the sum of its red, green and blue
_UNSHAPED = {"hi"}  # languages whose script needs a shaping engine: they are drawn in English


def png(render: RenderText) -> Callable[[Report, ViewOptions], bytes]:
    """The renderer of a text's picture as PNG."""

    def render_png(report: Report, options: ViewOptions) -> bytes:
        look = options.picture
        rows = screen.rows(render(report, _drawable(options)))
        raster = rasterise(rows, _theme(options), _padding(options), look.opacity)
        pixels = scale(raster.rows, Size(look.width, look.height))
        return encoder.encode(pixels, raster.palette, alphas=raster.alphas)

    return render_png


def svg(render: RenderText) -> Callable[[Report, ViewOptions], str]:
    """The renderer of a text's picture as SVG."""

    def render_svg(report: Report, options: ViewOptions) -> str:
        rows = screen.rows(render(report, _drawable(options)))
        opacity = options.picture.opacity / 255
        return svg_file.render(rows, _theme(options), _padding(options), opacity)

    return render_svg


def _drawable(options: ViewOptions) -> ViewOptions:
    """The options of the text: its own margin would be one of blanks."""
    language = "en" if options.language in _UNSHAPED else options.language
    return replace(options, language=language, padding=False)


def _theme(options: ViewOptions) -> Theme:
    background = options.picture.background
    if background is None:
        return LIGHT if options.light else DARK
    is_light = sum(background) > _MIDDLE_GREY
    return Theme(background, LIGHT.text if is_light else DARK.text)


def _padding(options: ViewOptions) -> int:
    return _PADDING if options.padding else 0
