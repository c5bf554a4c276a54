"""Glyphs as rows of grey levels."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from weather.views.picture.drawn import CELL_HEIGHT, CELL_WIDTH
from weather.views.picture.glyphs import LEVELS

SIZE = 16  # pixels an em: DejaVu Sans Mono then fills a cell
_BASELINE = 15  # rows from the top
_NOTHING = "\U0010fffd"  # no font has it: what is drawn like it is missing


@dataclass(frozen=True, slots=True)
class Font:
    """A font, and the picture that it draws of a character that it lacks."""

    face: ImageFont.FreeTypeFont
    missing: bytes

    @classmethod
    def of(cls, path: Path, size: int = SIZE) -> Font:
        face = ImageFont.truetype(str(path), size)
        return cls(face, _draw(face, _NOTHING, 2))

    def glyph(self, char: str, cells: int) -> bytes | None:
        """The levels of a glyph, row by row; None if the font lacks the character."""
        if _draw(self.face, char, 2) == self.missing:
            return None
        return _draw(self.face, char, cells)


def glyph(char: str, cells: int, fonts: Sequence[Font]) -> bytes | None:
    """The glyph of the first font that has the character; None if none has."""
    glyphs = (font.glyph(char, cells) for font in fonts)
    found = next((glyph for glyph in glyphs if glyph is not None), None)
    blank = found is None or not any(found)
    return None if blank and unicodedata.category(char) != "Zs" else found


def _draw(face: ImageFont.FreeTypeFont, char: str, cells: int) -> bytes:
    """The character centred in its cells on the baseline; a wide one is narrowed to them."""
    width = cells * CELL_WIDTH
    left, _, right, _ = face.getbbox(char, anchor="ls")
    natural = max(int(right) - min(int(left), 0), 1)
    image = Image.new("L", (max(natural, width), CELL_HEIGHT))
    advance = face.getlength(char)
    x = 0.0 if natural > width else max((width - advance) / 2, 0.0)
    ImageDraw.Draw(image).text((x, _BASELINE), char, fill=255, font=face, anchor="ls")
    if image.width > width:
        image = image.resize((width, CELL_HEIGHT), Image.Resampling.LANCZOS)
    return bytes(min(value * LEVELS // 256, LEVELS - 1) for value in image.tobytes())
