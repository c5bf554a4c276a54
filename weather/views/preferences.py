"""How to show it: units, language, and what the terminal's letters ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from weather.core.errors import InvalidOption
from weather.i18n import languages


class Units(StrEnum):
    METRIC = "metric"
    IMPERIAL = "imperial"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a view is asked for; every view takes what concerns it.

    `units` is None until somebody says: then the visitor's country decides.
    """

    units: Units | None = None
    wind_in_ms: bool = False
    language: str = "en"  # BCP 47; of places too, whose first two letters then count
    days: int | None = None  # how many days of forecast; None: as many as the view likes
    hours: int = 48  # how many hours of forecast in JSON
    narrow: bool = False  # text: noon and night only, 63 columns
    color: bool = True  # text: ANSI colour codes
    caption: bool = True  # text: the first line and the location line
    city: bool = True  # text: the location's name at all
    footer: bool = True  # text: the line of attribution
    force_text: bool = False  # terminal output whatever the client is
    line: str = ""  # one line: its template (`line_format`)
    asked: str = ""  # one line: the place as the visitor calls it

    def for_country(self, country_code: str | None) -> Preferences:
        """Imperial for a visitor in the United States who did not say otherwise."""
        if self.units is not None:
            return self
        return replace(self, units=Units.IMPERIAL if country_code == "US" else Units.METRIC)


_Default = TypeVar("_Default", int, int | None)
_LETTERS = frozenset("0123nTqQFAmuMdIpt")
_LANGUAGE = re.compile(r"\s*([a-zA-Z]{2}(?:[-_][a-zA-Z0-9]{1,8})*)\s*(?:;\s*q=([0-9.]{1,5})\s*)?$")


@lru_cache(maxsize=1024)
def parse(options: tuple[tuple[str, str], ...], accept_language: str = "") -> Preferences:
    """Preferences from a query string's pairs and an Accept-Language header.

    One-letter flags come bundled and without a value (`?0pq`). Unknown options are ignored,
    as clients send cache-busters and the like; a known one with an impossible value raises
    `InvalidOption`.
    """
    named: dict[str, str] = {}
    letters: set[str] = set()
    for key, value in options:
        if value == "" and key and set(key) <= _LETTERS | {"?"}:
            letters |= set(key)
        else:
            named.setdefault(key, value)
    units, wind_in_ms = _units(named.get("units", ""), letters)
    counts = sorted(letters & set("0123"))
    return Preferences(
        units=units,
        wind_in_ms=wind_in_ms,
        language=_language(named.get("lang", ""), accept_language),
        days=_number(named, "days", 16, int(counts[0]) if counts else None),
        hours=_number(named, "hours", 384, 48),
        narrow="n" in letters,
        color="T" not in letters,
        caption=not letters & {"q", "Q"},
        city="Q" not in letters,
        footer="F" not in letters,
        force_text="A" in letters,
    )


def _units(text: str, letters: set[str]) -> tuple[Units | None, bool]:
    """The units, if anything tells them, and whether wind is in m/s."""
    words = {word for word in text.lower().split(",") if word}
    if not words <= {"metric", "imperial", "ms"} or {"metric", "imperial"} <= words:
        raise InvalidOption("units can be metric, imperial, or ms for wind in metres per second.")
    # "u" beats "m" in either order, as terminal users are used to.
    imperial = "imperial" in words or "u" in letters
    metric = bool(words - {"imperial"}) or bool(letters & {"m", "M"})
    units = Units.IMPERIAL if imperial else Units.METRIC if metric else None
    return units, "ms" in words or "M" in letters


def _number(named: Mapping[str, str], key: str, most: int, default: _Default) -> int | _Default:
    text = named.get(key)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= most):
        raise InvalidOption(f"{key} must be a whole number from 0 to {most}.")
    return int(text)


def _language(asked: str, accepted: str) -> str:
    """The language asked for, else the best of Accept-Language, else English.

    Of those that are accepted, one that we speak comes before one that we do not.
    """
    if asked and (match := _LANGUAGE.match(asked)):
        return _tag(match[1])
    matches = [match for part in accepted[:500].split(",") if (match := _LANGUAGE.match(part))]
    ranked = sorted(matches, key=lambda match: -_quality(match[2]))
    tags = [match[1] for match in ranked if _quality(match[2]) > 0]
    return _tag(next(filter(languages.match_language, tags), next(iter(tags), "en")))


def _tag(text: str) -> str:
    """The tag of a language of ours, else the two letters that geocoders know."""
    found = languages.match_language(text)
    return found.tag if found else text[:2].lower()


def _quality(text: str | None) -> float:
    try:
        return 1.0 if text is None else float(text)
    except ValueError:
        return 0.0
