"""The text views as pictures: PNG, and SVG.

screen      a text with ANSI colours → rows of coloured cells
bidi        the order and the forms in which right-to-left text is drawn
glyphs      the bitmaps of characters, built by `font_build`; those of `drawn` follow rules
raster      cells → pixels of a palette
scaling     pixels in another size
vector      cells → SVG
"""

from typing import TYPE_CHECKING

from weather.views.deferred import deferred, deferred_maker

if TYPE_CHECKING:
    from weather.views.picture.pictures import RenderText, png, png_of, svg, svg_of
else:
    _PICTURES = "weather.views.picture.pictures"
    png = deferred_maker(_PICTURES, "png")
    png_of = deferred(_PICTURES, "png_of")
    svg = deferred_maker(_PICTURES, "svg")
    svg_of = deferred(_PICTURES, "svg_of")

__all__ = ["RenderText", "png", "png_of", "svg", "svg_of"]
