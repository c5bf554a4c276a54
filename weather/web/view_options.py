"""From the options of a query string to those of a view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from weather.core.errors import InvalidOption
from weather.i18n.languages import match_language
from weather.views.options import PictureOptions, ViewOptions
from weather.views.page_address import Option
from weather.views.symbols import Glyphs
from weather.web.parameter_kinds import is_true
from weather.web.parameters import (
    FIELDS,
    GLYPHS,
    LETTERS,
    LONG_NAMES,
    NAMES,
    PAGE,
    PICTURE,
    PRESENTATION,
    WIDTH,
    Parameter,
    chosen_units,
)

_PARAMETERS = (*PRESENTATION, *PAGE, WIDTH, *GLYPHS, *PICTURE, FIELDS)
_PRESENTED = frozenset(parameter.name for parameter in _PARAMETERS)
# Of wttr.in's interface: where that is served, an impossible value is ignored as it is there.
_IGNORED_IF_IMPOSSIBLE = frozenset(
    {
        *("days", "day", "clock", "fields"),
        *(parameter.name for parameter in (WIDTH, *GLYPHS, *PICTURE)),
    }
)
_KNOWN_LETTERS = frozenset(entry.letter for entry in LETTERS) | {"?"}
_LONGEST_ACCEPT = 500  # characters of Accept-Language that are read


def parse(
    options: tuple[Option, ...],
    accept_language: str = "",
    parameters: tuple[Parameter, ...] = PRESENTATION,
) -> ViewOptions:
    """The view's options. Those that are not among the `parameters` are ignored, as clients send
    cache-busters and the like. Raises `InvalidOption` for an impossible value."""
    view_options, problem = read(options, accept_language, parameters)
    if problem:
        raise problem
    return view_options


def read(
    options: tuple[Option, ...],
    accept_language: str = "",
    parameters: tuple[Parameter, ...] = PRESENTATION,
) -> tuple[ViewOptions, InvalidOption | None]:
    """The view's options, with the default for each impossible value, and the first problem."""
    names = frozenset(parameter.name for parameter in parameters) & _PRESENTED
    known = tuple(option for option in options if option[0] in names or _flags_of(*option))
    return _read(known, accept_language, names)


@lru_cache(maxsize=1024)
def _read(
    options: tuple[Option, ...], accept_language: str, names: frozenset[str]
) -> tuple[ViewOptions, InvalidOption | None]:
    texts, letters = named_values(options), flags(options)
    chosen = [entry for entry in LETTERS if entry.letter in letters]
    values, problem = _values(texts, names)
    words = frozenset[str]().union(*(entry.units for entry in chosen), values.pop("units", ()))
    units, wind_in_ms, unit_words = chosen_units(words)
    language = _language(values.pop("lang", ""), accept_language)
    fields: dict[str, Any] = {}
    for letter in chosen:
        fields |= letter.fields
    fields |= values
    emoji = fields.pop("emoji", Glyphs.EMOJI)
    picture = PictureOptions(
        opacity=fields.pop("transparency", 255),
        background=fields.pop("background", None),
        height=fields.pop("height", None),
    )
    parsed = ViewOptions(
        units=units,
        wind_in_ms=wind_in_ms,
        unit_words=unit_words,
        clock_is_set="clock" in fields,
        twelve_hours=fields.pop("clock", False),
        language=language,
        language_code=texts.get("lang", ""),
        picture=picture,
        glyphs=fields.pop("glyphs", emoji),
        **fields,
    )
    return parsed, problem


def _values(
    texts: Mapping[str, str], names: frozenset[str]
) -> tuple[dict[str, Any], InvalidOption | None]:
    """The values of the declared parameters, the impossible ones left out."""
    values: dict[str, Any] = {}
    problems: list[InvalidOption] = []
    ignored = _IGNORED_IF_IMPOSSIBLE if "background" in names else frozenset[str]()
    for parameter in _PARAMETERS:
        name = parameter.name
        if name in texts and name in names:
            try:
                values[name] = parameter.kind.read(name, texts[name])
            except InvalidOption as error:
                if name not in ignored:
                    error.parameter = name
                    problems.append(error)
    return values, next(iter(problems), None)


def flags(options: Iterable[Option]) -> frozenset[str]:
    """The one-letter flags. They come bundled and without a value (`?0pq`), with an empty one
    where the name is not that of a parameter (`?m=`), switched on (`?0=True`), or by their long
    names (`?narrow`)."""
    return frozenset().union(*(_flags_of(name, value) for name, value in options))


@lru_cache(maxsize=1024)
def _flags_of(name: str, value: str | None) -> frozenset[str]:
    """The flags that an option switches on."""
    if value and not is_true(value):
        return frozenset()
    if letter := LONG_NAMES.get(name):
        return frozenset(letter)
    if (value is not None and name in NAMES) or not set(name) <= _KNOWN_LETTERS:
        return frozenset()
    return frozenset(name)


def named_values(options: Iterable[Option]) -> Mapping[str, str]:
    """The first value of each name."""
    values: dict[str, str] = {}
    for name, value in options:
        if not _flags_of(name, value):
            values.setdefault(name, value or "")
    return values


def _language(requested: str, accept_language: str) -> str:
    """The language that is requested, else the best of Accept-Language, else English."""
    return _tag(requested) or accepted_language(accept_language)


@lru_cache(maxsize=512)
def accepted_language(accept_language: str) -> str:
    """The best language of an Accept-Language header, else English.

    One that has a catalogue comes before one that has not.
    """
    accepted = parse_accept_header(accept_language[:_LONGEST_ACCEPT], LanguageAccept)
    ranked = sorted(accepted, key=lambda item: -item[1])
    tags = [value for value, quality in ranked if quality > 0 and _tag(value)]
    return _tag(next(filter(match_language, tags), next(iter(tags), ""))) or "en"


def _tag(text: str) -> str:
    """The tag of a language that has a catalogue, else the two letters that geocoders know, else
    English for a code of three letters; empty for a text that is no language tag."""
    if language := match_language(text):
        return language.tag
    letters = text.strip().replace("_", "-").partition("-")[0].lower()
    if not (letters.isascii() and letters.isalpha()):
        return ""
    return {2: letters, 3: "en"}.get(len(letters), "")
