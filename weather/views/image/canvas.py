"""A canvas of indexed pixels, with a vertical gradient as its background."""

from __future__ import annotations

import math
from collections.abc import Iterable

from weather.views.image import pixel_font

WIDTH, HEIGHT = 300, 158  # pixels, before enlargement
GRADIENT = 24  # colours of the background, the palette's first

Pixels = Iterable[tuple[int, int]]
"""Pixels as (x, y), x to the right and y downwards."""


class Canvas:
    """`rows` hold an index of the palette for each pixel."""

    def __init__(self) -> None:
        self.rows = [bytearray([background(y)] * WIDTH) for y in range(HEIGHT)]

    def draw(self, pixels: Pixels, color: int, left: int = 0, top: int = 0) -> None:
        """Draw pixels moved by `left` and `top`; those outside the canvas are clipped."""
        for x, y in pixels:
            if 0 <= left + x < WIDTH and 0 <= top + y < HEIGHT:
                self.rows[top + y][left + x] = color

    def write(self, text: str, left: int, top: int, size: int, color: int) -> None:
        """Write a text, truncated to the canvas; nothing if the font lacks one of its letters."""
        max_length = (WIDTH - left) // (pixel_font.ADVANCE * size)
        letters = (pixel_font.drawable(text) or "")[:max_length]
        self.draw(pixel_font.pixels(letters, size), color, left, top)


def background(y: int) -> int:
    """The palette index of the background in a row."""
    return y * GRADIENT // HEIGHT


def disc(center_x: int, center_y: int, radius: int) -> list[tuple[int, int]]:
    """The pixels of a filled circle."""
    offsets = range(-radius, radius + 1)
    return [
        (center_x + x, center_y + y) for x in offsets for y in offsets if math.hypot(x, y) <= radius
    ]
