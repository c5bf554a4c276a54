"""Renderers of pictures, made of the renderers of texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from weather.core.models import Report
from weather.views.image import png as encoder
from weather.views.options import PictureOptions, ViewOptions
from weather.views.picture import screen
from weather.views.picture import svg as svg_file
from weather.views.picture.colors import DARK, LIGHT, Theme
from weather.views.picture.raster import rasterise
from weather.views.picture.scaling import Size, scale

RenderText = Callable[[Report, ViewOptions], str]

_PADDING = 10  # pixels
_UNSHAPED = {"hi"}  # languages whose script needs a shaping engine: they are drawn in English


def png(render: RenderText) -> Callable[[Report, ViewOptions], bytes]:
    """The renderer of a text's picture as PNG."""

    def render_png(report: Report, options: ViewOptions) -> bytes:
        look = options.picture
        rows = screen.rows(render(report, _drawable(options)))
        raster = rasterise(rows, _theme(look), _padding(look), look.opacity)
        pixels = scale(raster.rows, Size(look.width, look.height))
        return encoder.encode(pixels, raster.palette, alphas=raster.alphas)

    return render_png


def svg(render: RenderText) -> Callable[[Report, ViewOptions], str]:
    """The renderer of a text's picture as SVG."""

    def render_svg(report: Report, options: ViewOptions) -> str:
        look = options.picture
        rows = screen.rows(render(report, _drawable(options)))
        return svg_file.render(rows, _theme(look), _padding(look), look.opacity / 255)

    return render_svg


def _drawable(options: ViewOptions) -> ViewOptions:
    return replace(options, language="en") if options.language in _UNSHAPED else options


def _theme(look: PictureOptions) -> Theme:
    theme = LIGHT if look.light else DARK
    if look.background is None:
        return theme
    text = LIGHT.text if sum(look.background) > 382 else DARK.text
    return Theme(look.background, text)


def _padding(look: PictureOptions) -> int:
    return _PADDING if look.padding else 0
