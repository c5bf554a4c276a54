"""Lines of languages that are written from right to left.

Terminals lay a line out from left to right. Those that implement UAX #9 draw right-to-left letters
in their own order, and take what is between two such texts for a part of them; a left-to-right mark
after each text keeps the cells of a line apart. It takes no column, and other terminals ignore it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from weather.i18n.languages import Language
from weather.views.ansi import pad_or_truncate, width
from weather.views.text.fit import shortened

_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
# By the type of the first letter that has a direction.
_STRONG = {"L": _LEFT_TO_RIGHT_MARK, "R": _RIGHT_TO_LEFT_MARK, "AL": _RIGHT_TO_LEFT_MARK}


def isolated(text: str, language: Language) -> str:
    """The text, of which what follows in its line is no part."""
    if not language.rtl:
        return text
    # Signs at the end of a right-to-left text, such as an ellipsis, are a part of it.
    strong = next(filter(None, map(_STRONG.get, map(unicodedata.bidirectional, text))), "")
    return f"{text}{strong}{_LEFT_TO_RIGHT_MARK}"


def cell(text: str, columns: int, language: Language) -> str:
    """The text in exactly `columns` columns, at the side where the language begins."""
    padded = pad_or_truncate(text, columns)
    if not language.rtl:
        return padded
    stripped = padded.rstrip(" ")
    return " " * (len(padded) - len(stripped)) + isolated(stripped, language)


def beside(first: str, second: str, gap: str, language: Language) -> str:
    """Two texts of a line in the order in which they are read."""
    if not language.rtl:
        return f"{first}{gap}{second}"
    return f"{isolated(second, language)}{gap}{isolated(first, language)}"


def illustrated(drawing: str, text: str, columns: int, language: Language) -> str:
    """A row of a drawing and its text, in at most `columns` columns."""
    if not language.rtl:
        return shortened(f"  {drawing} {text}", columns)
    visible = shortened(text, columns - width(drawing) - 3)
    return f"{isolated(visible, language)} {drawing}  "


def aligned(lines: Sequence[str], language: Language) -> list[str]:
    """The lines as they are, or all ending in one column where the language begins there."""
    if not language.rtl:
        return list(lines)
    columns = max(map(width, lines), default=0)
    return [" " * (columns - width(line)) + line if line else "" for line in lines]
