"""`python -m font_build TEXT_FONT… --emoji EMOJI_FONT…`: builds weather/views/picture/data/.

The committed table is of DejaVu Sans Mono and DejaVu Sans (fonts-dejavu-core), Noto Sans Hebrew and
Noto Sans CJK JP (fonts-noto-core, fonts-noto-cjk) and Noto Emoji (@fontsource/noto-emoji, weight
400), rasterised by Pillow. For a character the first font that has it is taken.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from font_build.characters import cells, characters, single_emoji
from font_build.rasterise import Font, glyph
from weather.views.picture import glyphs

_EMOJI_SIZE = 15  # pixels an em: an emoji fills two cells
_WIDE_SIZE = 18  # of East Asian characters


def main() -> None:
    parser = argparse.ArgumentParser(prog="font_build", description=__doc__)
    parser.add_argument("fonts", type=Path, nargs="+")
    parser.add_argument("--emoji", type=Path, nargs="*", default=[])
    parser.add_argument("--output", type=Path, default=Path("weather/views/picture/data/glyphs.xz"))
    options = parser.parse_args()
    fonts = [Font.of(path) for path in options.fonts]
    wide = [Font.of(path, _WIDE_SIZE) for path in options.fonts]
    pictures = [Font.of(path, _EMOJI_SIZE) for path in options.emoji]
    emoji = set(single_emoji())
    table = {}
    missing = []
    for char in sorted(characters(Path("translations"))):
        columns = cells(char, emoji)
        order = (*pictures, *fonts) if char in emoji else wide if columns == 2 else fonts
        drawn = glyph(char, columns, order)
        if drawn:
            table[char] = drawn
        else:
            missing.append(char)
    options.output.write_bytes(glyphs.pack(table))
    print(f"{len(table)} glyphs, {options.output.stat().st_size:,} bytes")
    print(f"{len(missing)} characters are in no font: {''.join(missing)}")


if __name__ == "__main__":
    main()
