"""The text views as pictures: PNG, and SVG.

screen      a text with ANSI colours → rows of coloured cells
bidi        the order and the forms in which right-to-left text is drawn
glyphs      the bitmaps of characters, built by `font_build`; those of `drawn` follow rules
raster      cells → pixels of a palette
scaling     pixels in another size
vector      cells → SVG
page        the SVG in a page
"""

from typing import TYPE_CHECKING

from weather.views.deferred import deferred, deferred_maker

if TYPE_CHECKING:
    from weather.views.picture.page import page, page_of
    from weather.views.picture.pictures import (
        RenderText,
        drawable,
        language_of_names,
        png,
        png_of,
        svg,
        svg_of,
    )
else:
    _PAGE, _PICTURES = "weather.views.picture.page", "weather.views.picture.pictures"
    drawable = deferred(_PICTURES, "drawable")
    language_of_names = deferred(_PICTURES, "language_of_names")
    page = deferred_maker(_PAGE, "page")
    page_of = deferred(_PAGE, "page_of")
    png = deferred_maker(_PICTURES, "png")
    png_of = deferred(_PICTURES, "png_of")
    svg = deferred_maker(_PICTURES, "svg")
    svg_of = deferred(_PICTURES, "svg_of")

__all__ = [
    "RenderText",
    "drawable",
    "language_of_names",
    "page",
    "page_of",
    "png",
    "png_of",
    "svg",
    "svg_of",
]
