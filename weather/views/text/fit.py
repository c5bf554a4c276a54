"""Lines of at most a number of columns, cut after whole words."""

from __future__ import annotations

import re

from weather.views.ansi import width

_ESCAPE = re.compile("(\x1b\\[[0-9;]*m)")
_RESET, _ELLIPSIS = "\x1b[0m", "…"
# A word this long, in columns, is cut itself: languages without blanks have only such words.
_LONGEST_WORD = 24


def shortened(text: str, columns: int) -> str:
    """The text in at most `columns` columns, with "…" where words are left out. Its colours end
    where it ends."""
    if width(text) <= columns:
        return text
    visible = _cut(_ESCAPE.sub("", text), max(columns - 1, 0))
    parts, missing, colored = [], len(visible), False
    for part in _ESCAPE.split(text):
        if _ESCAPE.fullmatch(part):
            parts.append(part)
            colored = part != _RESET
        else:
            parts.append(part[:missing])
            missing -= len(parts[-1])
        if missing <= 0:
            break
    return "".join(parts) + _ELLIPSIS + (_RESET if colored else "")


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` columns, broken at blanks."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined) <= columns:
            lines[-1] = joined
        elif lines[-1]:
            lines.append(word)
        else:
            lines[-1] = word
    return [shortened(line, columns) for line in lines]


def _cut(text: str, columns: int) -> str:
    """The longest beginning of whole words, or of characters where the last word is long."""
    cut = text[: 4 * columns]
    while width(cut) > columns:
        cut = cut[:-1]
    words = cut.rpartition(" ")[0].rstrip(" ,;·")
    if words.strip() and width(cut) - width(words) <= _LONGEST_WORD:
        return words
    return cut.rstrip()
