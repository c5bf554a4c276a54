"""Text from outside as it may be shown: of a limited length, and without characters that are
invisible, change the direction of others, or control a terminal.

Markup stays as it is: every view writes text as text.
"""

from __future__ import annotations

import re
import unicodedata

_ELLIPSIS = "…"
_JOINERS = "\u200c\u200d"
# Controls, format characters (direction overrides, zero-width ones), halves of surrogate pairs,
# private use.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})
_MARKS = frozenset({"Mn", "Me"})
_MOST_MARKS = 6  # on one letter; Tibetan and Hebrew have five at most
# Persian and Indian words need joiners, and so do emoji; after Latin letters, at an end and in a
# row they hide something.
_LOOSE_JOINERS = re.compile(f"(?<![^\x00-\u024f])[{_JOINERS}]+|[{_JOINERS}]+(?=[\\s{_JOINERS}]|$)")
_LINE_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r"\n(?:[ ]*\n){2,}")
_EXTENDING = re.compile("[\ufe00-\ufe0f\u200c\u200d\U0001f3fb-\U0001f3ff]")
_FACTOR = 4  # by which a text may exceed its longest form before it is read


def line(text: str, longest: int) -> str | None:
    """One line of at most `longest` characters, cut with an ellipsis; None where none is
    visible."""
    if len(text) <= longest and text.isascii() and text.isprintable():
        return " ".join(text.split()) or None
    visible = _visible(text[: _FACTOR * longest])
    return _cut(" ".join(visible.split()), longest) or None


def paragraphs(text: str, longest: int) -> str | None:
    """As `line`, but with line breaks (\\n) and indentation."""
    text = _LINE_BREAKS.sub("\n", text[: _FACTOR * longest])
    lines = (_visible(part).rstrip() for part in text.split("\n"))
    return _cut(_EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip(), longest) or None


def _visible(text: str) -> str:
    """The visible characters, with a blank for every kind of blank and line break."""
    if not text.isprintable():
        text = "".join(map(_visible_form, text))
    if text.isascii():
        return text
    return _LOOSE_JOINERS.sub("", _with_few_marks(text))


def _visible_form(character: str) -> str:
    if character.isspace():
        return " "
    if character in _JOINERS:
        return character
    code = ord(character)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return "" if noncharacter or unicodedata.category(character) in _INVISIBLE else character


def _with_few_marks(text: str) -> str:
    """Without the marks beyond a few on one letter, which would cover the lines around it."""
    count, characters = 0, []
    for character in text:
        count = count + 1 if unicodedata.category(character) in _MARKS else 0
        if count <= _MOST_MARKS:
            characters.append(character)
    return "".join(characters)


def _cut(text: str, longest: int) -> str:
    """At most `longest` characters; no letter loses its marks, and no emoji its parts."""
    if len(text) <= longest:
        return text
    end = longest - len(_ELLIPSIS)
    while end and _belongs_to_the_previous(text, end):
        end -= 1
    return text[:end].rstrip() + _ELLIPSIS


def _belongs_to_the_previous(text: str, index: int) -> bool:
    mark = unicodedata.category(text[index]).startswith("M")
    return mark or bool(_EXTENDING.match(text[index])) or text[index - 1] == "\u200d"
