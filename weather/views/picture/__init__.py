"""The text views as pictures: PNG, and SVG.

screen      a text with ANSI colours → rows of coloured cells
bidi        the order and the forms in which right-to-left text is drawn
glyphs      the bitmaps of characters, built by `font_build`; those of `drawn` follow rules
raster      cells → pixels of a palette
scaling     pixels in another size
svg         cells → SVG
page        the SVG in a page
"""

from weather.views.picture.page import page, page_of
from weather.views.picture.pictures import RenderText, drawable, png, png_of, svg, svg_of

__all__ = ["RenderText", "drawable", "page", "page_of", "png", "png_of", "svg", "svg_of"]
