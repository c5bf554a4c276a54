"""Letters of 5 by 7 pixels, drawn for the preview picture: capitals, digits, a few marks."""

from __future__ import annotations

import unicodedata

HEIGHT, ADVANCE = 7, 6

_DRAWN = """
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
_GLYPHS = {line[0]: tuple(line[2:].split()) for line in _DRAWN.strip().splitlines()}
_GLYPHS[" "] = (".....",) * HEIGHT
_REPLACED = str.maketrans({"ß": "SS", "Ø": "O", "Æ": "AE", "Ł": "L", "Đ": "D", "’": "'", "−": "-"})


def drawable(text: str) -> str | None:
    """The text as these letters can write it, without accents, or None if they cannot."""
    plain = unicodedata.normalize("NFD", text.upper().translate(_REPLACED))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return letters if set(letters) <= set(_GLYPHS) else None


def pixels(text: str, size: int = 1) -> list[tuple[int, int]]:
    """The pixels of a drawable text, from its upper left corner, each `size` times enlarged."""
    return [
        (size * (n * ADVANCE + x) + right, size * y + down)
        for n, letter in enumerate(text)
        for y, row in enumerate(_GLYPHS[letter])
        for x, ink in enumerate(row)
        if ink == "#"
        for right in range(size)
        for down in range(size)
    ]
