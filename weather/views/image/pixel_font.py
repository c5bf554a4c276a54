"""A bitmap font of 5 by 7 pixels: capitals, digits and some punctuation."""

from __future__ import annotations

import unicodedata

HEIGHT, ADVANCE = 7, 6  # pixels; ADVANCE is the width of a letter and its gap

_BITMAPS = """
A .###. #...# #...# ##### #...# #...# #...#
B ####. #...# ####. #...# #...# #...# ####.
C .#### #.... #.... #.... #.... #.... .####
D ####. #...# #...# #...# #...# #...# ####.
E ##### #.... #.... ####. #.... #.... #####
F ##### #.... #.... ####. #.... #.... #....
G .#### #.... #.... #..## #...# #...# .####
H #...# #...# #...# ##### #...# #...# #...#
I .###. ..#.. ..#.. ..#.. ..#.. ..#.. .###.
J ..### ...#. ...#. ...#. ...#. #..#. .##..
K #...# #..#. #.#.. ##... #.#.. #..#. #...#
L #.... #.... #.... #.... #.... #.... #####
M #...# ##.## #.#.# #.#.# #...# #...# #...#
N #...# ##..# ##..# #.#.# #..## #..## #...#
O .###. #...# #...# #...# #...# #...# .###.
P ####. #...# #...# ####. #.... #.... #....
Q .###. #...# #...# #...# #.#.# #..#. .##.#
R ####. #...# #...# ####. #.#.. #..#. #...#
S .#### #.... #.... .###. ....# ....# ####.
T ##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..
U #...# #...# #...# #...# #...# #...# .###.
V #...# #...# #...# #...# .#.#. .#.#. ..#..
W #...# #...# #...# #.#.# #.#.# ##.## #...#
X #...# #...# .#.#. ..#.. .#.#. #...# #...#
Y #...# #...# .#.#. ..#.. ..#.. ..#.. ..#..
Z ##### ....# ...#. ..#.. .#... #.... #####
0 .###. #...# #..## #.#.# ##..# #...# .###.
1 ..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.
2 .###. #...# ....# ..##. .#... #.... #####
3 ####. ....# ....# .###. ....# ....# ####.
4 ...#. ..##. .#.#. #..#. ##### ...#. ...#.
5 ##### #.... ####. ....# ....# #...# .###.
6 .###. #.... #.... ####. #...# #...# .###.
7 ##### ....# ...#. ..#.. ..#.. .#... .#...
8 .###. #...# #...# .###. #...# #...# .###.
9 .###. #...# #...# .#### ....# ....# .###.
- ..... ..... ..... ##### ..... ..... .....
, ..... ..... ..... ..... ..#.. ..#.. .#...
. ..... ..... ..... ..... ..... .##.. .##..
' ..#.. ..#.. ..... ..... ..... ..... .....
° .##.. #..#. #..#. .##.. ..... ..... .....
"""
_GLYPHS = {line[0]: tuple(line[2:].split()) for line in _BITMAPS.strip().splitlines()}
_GLYPHS[" "] = (".....",) * HEIGHT
_SUBSTITUTES = str.maketrans(
    {"ß": "SS", "Ø": "O", "Æ": "AE", "Ł": "L", "Đ": "D", "’": "'", "−": "-"}
)


def drawable(text: str) -> str | None:
    """The text in letters of the font, without accents, or None if the font lacks one."""
    decomposed = unicodedata.normalize("NFD", text.upper().translate(_SUBSTITUTES))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return letters if set(letters) <= set(_GLYPHS) else None


def pixels(text: str, size: int = 1) -> list[tuple[int, int]]:
    """The set pixels of a drawable text as (x, y) from its upper left corner, enlarged `size`
    times. Raises `KeyError` for a letter that the font lacks."""
    return [
        (size * (n * ADVANCE + x) + right, size * y + down)
        for n, letter in enumerate(text)
        for y, row in enumerate(_GLYPHS[letter])
        for x, pixel in enumerate(row)
        if pixel == "#"
        for right in range(size)
        for down in range(size)
    ]
