"""Right-to-left text in the order and the forms in which it is drawn.

A simple form of UAX #9 for lines that are laid out from left to right, as in a terminal: each run
of right-to-left letters, with the blanks and marks between them, is reversed. Arabic letters get
the form of their place in the word, from Unicode's presentation forms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from weather.views.picture.screen import Cell

_RTL = {"R", "AL"}
_FORMS = range(0xFE80, 0xFEFD)
_TATWEEL = "\u0640"

Form = dict[str, str]  # "isolated", "final", "initial", "medial" → the character
T = TypeVar("T")


def visual_order(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a line from left to right."""
    shaped = _shaped(cells) if any(_is_rtl(cell.char) for cell in cells) else list(cells)
    start = 0
    while start < len(shaped):
        end = _end_of_run(shaped, start)
        if end > start:
            shaped[start:end] = reversed(shaped[start:end])
        start = max(end, start + 1)
    return shaped


def _end_of_run(cells: Sequence[Cell], start: int) -> int:
    """The end of the right-to-left run that begins at `start`; `start` if none does."""
    end = start
    for index in range(start, len(cells)):
        char = cells[index].char
        if _is_rtl(char):
            end = index + 1
        elif index == start or char not in " -'،.":
            break
    return end


def _is_rtl(char: str) -> bool:
    return char >= "\u0590" and unicodedata.bidirectional(char) in _RTL


def _shaped(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with Arabic letters in the form of their place in the word."""
    chars = ["", *(cell.char for cell in cells), ""]
    shaped = []
    for index, cell in enumerate(cells, 1):
        forms = _forms().get(cell.char)
        if forms:
            joined = _joins_next(chars[index - 1]) and "final" in forms
            joins = _joins_next(cell.char) and _joins_previous(chars[index + 1])
            name = _FORM_NAMES[joined, joins]
            shaped.append(replace(cell, char=forms.get(name, cell.char)))
        else:
            shaped.append(cell)
    return shaped


_FORM_NAMES = {
    (False, False): "isolated",
    (True, False): "final",
    (False, True): "initial",
    (True, True): "medial",
}


def _joins_next(char: str) -> bool:
    return char == _TATWEEL or "initial" in _forms().get(char, {})


def _joins_previous(char: str) -> bool:
    return char == _TATWEEL or "final" in _forms().get(char, {})


@lru_cache(maxsize=1)
def _forms() -> dict[str, Form]:
    """Arabic letter → its presentation forms, from the Unicode character database."""
    forms: dict[str, Form] = {}
    for code in _FORMS:
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if kind and " " not in letters:
            letter = chr(int(letters, 16))
            forms.setdefault(letter, {})[kind.strip("<>")] = chr(code)
    return forms
