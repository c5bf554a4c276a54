"""Right-to-left text in the order and the forms in which it is drawn.

The order is that of terminals that implement the Unicode Bidirectional Algorithm (UAX #9) for lines
that run from left to right, without its embeddings and isolates, which no view writes. Arabic
letters get the form of their place in the word, from Unicode's presentation forms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weather.views.picture.screen import Cell

_RIGHT_TO_LEFT, _NUMBER = 1, 2
_LEVELS = {"L": 0, "R": _RIGHT_TO_LEFT, "EN": _NUMBER, "AN": _NUMBER}
_MIRRORED = dict(zip("()[]<>", ")(][><", strict=True))
_FORMS = range(0xFE80, 0xFEFD)
_TATWEEL = "\u0640"

DIRECTION_MARKS = "\u200e\u200f"  # take no column, and separate what is ordered

Form = dict[str, str]  # "isolated", "final", "initial", "medial" → the character


def visual_order(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a line from left to right, without those that take no column."""
    if any(is_right_to_left(cell.char) for cell in cells):
        cells = _reordered(_shaped(cells))
    return [cell for cell in cells if cell.columns]


def is_right_to_left(char: str) -> bool:
    return char >= "\u0590" and _type(char) in {"R", "AL"}


def _reordered(cells: Sequence[Cell]) -> list[Cell]:
    levels = _levels([_type(cell.char) for cell in cells])
    ordered = [
        replace(cell, char=_MIRRORED.get(cell.char, cell.char)) if level == _RIGHT_TO_LEFT else cell
        for cell, level in zip(cells, levels, strict=True)
    ]
    for lowest in (_NUMBER, _RIGHT_TO_LEFT):
        start = 0
        for reached, run in groupby(levels, key=lambda level: level >= lowest):
            end = start + len(list(run))
            if reached:
                ordered[start:end] = reversed(ordered[start:end])
                levels[start:end] = reversed(levels[start:end])
            start = end
    return ordered


def _type(char: str) -> str:
    return unicodedata.bidirectional(char)


def _levels(types: list[str]) -> list[int]:
    """The levels of a line that runs from left to right: rules W2 to W7, N1, N2 and I1."""
    types = _without_separators(_numbers_after_letters(types))
    strong = "L"
    for index, kind in enumerate(types):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            types[index] = "L"
    levels = []
    for kind, count, (before, after) in _runs(types):
        between = "L" if "L" in {before or "L", after or "L"} else "R"
        levels += [_LEVELS[between if kind == "ON" else kind]] * count
    return levels


def _numbers_after_letters(types: list[str]) -> list[str]:
    """Rules W2 and W3: digits after Arabic letters are Arabic numbers."""
    resolved, strong = [], "L"
    for kind in types:
        if kind in {"L", "R", "AL"}:
            strong = kind
        resolved.append("AN" if kind == "EN" and strong == "AL" else kind)
    return ["R" if kind == "AL" else kind for kind in resolved]


def _without_separators(types: list[str]) -> list[str]:
    """Rules W4 to W6: what joins numbers, and the signs beside them, are parts of the numbers."""
    joined = list(types)
    for index in range(1, len(joined) - 1):
        before, kind, after = joined[index - 1 : index + 2]
        if before == after and (
            (before == "EN" and kind in {"ES", "CS"}) or (before == "AN" and kind == "CS")
        ):
            joined[index] = before
    resolved: list[str] = []
    for kind, count, beside in _runs(joined):
        part = "EN" if kind == "ET" and "EN" in beside else kind
        resolved += [part if part in _LEVELS else "ON"] * count
    return resolved


def _runs(types: list[str]) -> Iterator[tuple[str, int, tuple[str, str]]]:
    """Each run of one type: the type, its length, and the types beside it ("" for none)."""
    runs = [(kind, len(list(run))) for kind, run in groupby(types)]
    beside = ["", *(kind for kind, _ in runs), ""]
    for index, (kind, count) in enumerate(runs):
        yield kind, count, (beside[index], beside[index + 2])


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
