"""Renderers of pictures, made of the renderers of texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from weather.core.models import Report
from weather.views.image import png as encoder
from weather.views.options import PictureOptions, ViewOptions
from weather.views.picture import screen, vector
from weather.views.picture.colors import DARK, LIGHT, Theme
from weather.views.picture.raster import rasterise
from weather.views.picture.scaling import Size, scale
from weather.views.symbols import Glyphs

RenderText = Callable[[Report, ViewOptions], str]

_PADDING = 10  # pixels
_UNLISTED = {"ja", "ko", "zh"}
_UNSHAPED = {"hi"}  # languages whose script needs a shaping engine: they are drawn in English


def png(render: RenderText) -> Callable[[Report, ViewOptions], bytes]:
    """The renderer of a text's picture as PNG."""

    return lambda report, options: png_of(render(report, drawable(options)), options)


def svg(render: RenderText) -> Callable[[Report, ViewOptions], str]:
    """The renderer of a text's picture as SVG."""

    return lambda report, options: svg_of(render(report, drawable(options)), options)


def png_of(text: str, options: ViewOptions) -> bytes:
    """The picture of a text with ANSI colours as PNG."""
    look = options.picture
    raster = rasterise(screen.rows(text), _theme(options), _padding(options), look.opacity)
    pixels = scale(raster.rows, Size(look.width, look.height))
    return encoder.encode(pixels, raster.palette, alphas=raster.alphas)


def svg_of(text: str, options: ViewOptions) -> str:
    """The picture of a text with ANSI colours as SVG."""
    return vector.render(screen.rows(text), _theme(options), _padding(options), options.picture)


def drawable(options: ViewOptions) -> ViewOptions:
    """The options of the text: its own margin would be one of blanks, and its colours are those of
    a dark background, which the picture's theme changes."""
    language = "en" if options.language in _UNSHAPED else options.language
    # No font of ours has the icons of Nerd Fonts; emoji have two columns in it.
    glyphs = Glyphs.PLAIN if options.glyphs is Glyphs.PLAIN else Glyphs.EMOJI
    return replace(
        options,
        language=language,
        padding=False,
        glyphs=glyphs,
        light=False,
        picture=PictureOptions(),
    )


def language_of_names(language: str) -> str:
    """The language in which a picture has the names of places: English where the table of glyphs
    has the characters of our translations, but not those of any name."""
    return "en" if language in _UNLISTED | _UNSHAPED else language


def _theme(options: ViewOptions) -> Theme:
    background = options.picture.background
    if background is None:
        return LIGHT if options.light else DARK
    return Theme(background, LIGHT.text if options.is_light else DARK.text)


def _padding(options: ViewOptions) -> int:
    return _PADDING if options.padding else 0
