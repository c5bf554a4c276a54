"""Rasterises the glyphs of pictures: `python -m font_build FONT…`. A build-time tool."""
