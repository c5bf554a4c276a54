"""From the options of a query string to those of a view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from weather.i18n.languages import match_language
from weather.views.options import ViewOptions
from weather.views.page_address import Option
from weather.web.parameters import DAYS, HOURS, LETTERS, NAMES, UNIT_WORDS, chosen_units

_KNOWN_LETTERS = frozenset(entry.letter for entry in LETTERS) | {"?"}
_READ = frozenset({"units", "lang", "days", "hours"})
_LONGEST_ACCEPT = 500  # characters of Accept-Language that are read


def parse(options: tuple[Option, ...], accept_language: str = "") -> ViewOptions:
    """The view's options. Unknown ones are ignored, as clients send cache-busters and the like.
    Raises `InvalidOption` for a known one with an impossible value."""
    known = tuple(option for option in options if option[0] in _READ or _is_bundle(*option))
    return _parse(known, accept_language)


@lru_cache(maxsize=1024)
def _parse(options: tuple[Option, ...], accept_language: str) -> ViewOptions:
    values = named_values(options)
    letters = flags(options)
    chosen = [entry for entry in LETTERS if entry.letter in letters]
    words = frozenset[str]().union(*(entry.units for entry in chosen))
    if "units" in values:
        words |= UNIT_WORDS.read(values["units"])
    units, wind_in_ms = chosen_units(words)
    fields: dict[str, Any] = {}
    for letter in chosen:
        fields |= letter.fields
    for name, kind in (("days", DAYS), ("hours", HOURS)):
        if name in values:
            fields[name] = kind.read(name, values[name])
    language = _language(values.get("lang", ""), accept_language)
    return ViewOptions(units=units, wind_in_ms=wind_in_ms, language=language, **fields)


def flags(options: Iterable[Option]) -> frozenset[str]:
    """The one-letter flags. They come bundled and without a value (`?0pq`), or with an empty one
    where the name is not that of a parameter (`?m=`)."""
    bundles = (name for name, value in options if _is_bundle(name, value))
    return frozenset().union(*map(frozenset, bundles))


def _is_bundle(name: str, value: str | None) -> bool:
    named = value is not None and name in NAMES
    return not value and not named and set(name) <= _KNOWN_LETTERS


def named_values(options: Iterable[Option]) -> Mapping[str, str]:
    """The first value of each name."""
    values: dict[str, str] = {}
    for name, value in options:
        if not _is_bundle(name, value):
            values.setdefault(name, value or "")
    return values


def _language(requested: str, accept_language: str) -> str:
    """The language that is requested, else the best of Accept-Language, else English.

    Of those in Accept-Language, one that has a catalogue comes before one that has not.
    """
    if requested and (tag := _tag(requested)):
        return tag
    accepted = parse_accept_header(accept_language[:_LONGEST_ACCEPT], LanguageAccept)
    ranked = sorted(accepted, key=lambda item: -item[1])
    tags = [value for value, quality in ranked if quality > 0 and _tag(value)]
    return _tag(next(filter(match_language, tags), next(iter(tags), ""))) or "en"


def _tag(text: str) -> str:
    """The tag of a language that has a catalogue, else the two letters that geocoders know;
    empty for a text that is no language tag."""
    if language := match_language(text):
        return language.tag
    letters = text.strip().replace("_", "-").partition("-")[0].lower()
    return letters if len(letters) == 2 and letters.isascii() and letters.isalpha() else ""
