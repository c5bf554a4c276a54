"""The names of the DWD's warnings in usual writing: it writes what warns in capitals.

"SCHWERES GEWITTER mit ORKANBÖEN" is "Schweres Gewitter mit Orkanböen": of the words of its list of
events (CAP-DWD-Profile, event codes), the nouns have a capital, and the adjectives, adverbs and
conjunctions have none.
"""

from __future__ import annotations

import re

# Stems, with the endings of German adjectives; a word that is neither here nor short is a noun.
_NO_NOUN = re.compile(
    "(?:stark|schwer|extrem|heftig|ergiebig|orkanartig|leicht|streng|erhöht|gering|mäßig|mäss?ig"
    "|verbreitet|örtlich|markant|anhaltend|langanhaltend|gefrierend|überfrierend|groß|gross|hoh)"
    "(?:e[rsnm]?)?"
    "|mit|und|oder|sowie|vor|von|vom|durch|in|im|über|bis|ab|auf|bei|der|die|das|des|dem|den|zu|zum"
)
_ABBREVIATIONS = frozenset({"UV", "DWD", "GPS"})
_CAPITALS = re.compile(r"[^\W\d_]{2,}")


def german(event: str) -> str:
    """The event with the capitals of German."""
    return _with_capital(_CAPITALS.sub(_german_word, event))


def english(event: str) -> str:
    """The event with a capital at the begin only, as far as it is in capitals."""
    return _with_capital(_CAPITALS.sub(_lower, event) if event.isupper() else event)


def _german_word(match: re.Match[str]) -> str:
    word = match[0]
    if not word.isupper() or word in _ABBREVIATIONS:
        return word
    lower = word.lower()
    return lower if _NO_NOUN.fullmatch(lower) else _with_capital(lower)


def _lower(match: re.Match[str]) -> str:
    return match[0] if match[0] in _ABBREVIATIONS else match[0].lower()


def _with_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
