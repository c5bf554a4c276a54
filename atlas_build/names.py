"""Selects the names under which a city can be found.

GeoNames has ten names per city, without their languages. Selected are names in Latin letters that
are not transliterations (which begin with a small letter or contain apostrophes), and names in the
scripts of the country's main languages; for cities of 200,000 inhabitants, names in all scripts of
the table below. A smaller city gets only a few Latin names: first those with diacritics, which are
likely to be local, then the shorter ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from atlas_build.gazetteer import City
from weather.atlas.folding import fold

_GREAT = 200_000  # inhabitants
_FEW = 6  # Latin names of a smaller city
_LONGEST = 25  # characters
_LANGUAGES = 3  # of a country, the most spoken first
_SCRIPT_OF_LANGUAGE = {
    **dict.fromkeys("ru uk be bg sr mk kk ky mn tg".split(), "CYRILLIC"),
    **dict.fromkeys("ar fa ur ps ckb".split(), "ARABIC"),
    **dict.fromkeys("hi mr ne".split(), "DEVANAGARI"),
    **dict.fromkeys("zh yue ja".split(), "CJK"),
    "el": "GREEK",
    "he": "HEBREW",
    "ko": "HANGUL",
    "th": "THAI",
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
    "bn": "BENGALI",
    "ta": "TAMIL",
}
_SCRIPTS = frozenset(_SCRIPT_OF_LANGUAGE.values())


def sections(cities: list[City], countries: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    own = {code: _own_scripts(country["languages"]) for code, country in countries.items()}
    rows = [
        "\t".join(_names(city, _SCRIPTS if city.population >= _GREAT else own[city.country]))
        for city in cities
    ]
    return {"alternatives": "\n".join(rows).encode()}  # a line a city, also an empty one


def _own_scripts(languages: str) -> frozenset[str]:
    first = [tag.partition("-")[0] for tag in languages.split(",")[:_LANGUAGES]]
    return frozenset(_SCRIPT_OF_LANGUAGE[tag] for tag in first if tag in _SCRIPT_OF_LANGUAGE)


def _names(city: City, scripts: frozenset[str]) -> list[str]:
    """The selected names, folded, without repetition and without the city's own name."""
    main = fold(city.name)
    latin, foreign = [], []
    for name in city.alternatives:
        if _script(name) == "LATIN" and _is_latin_name(name, main):
            latin.append(name)
        elif _script(name) in scripts and len(fold(name)) <= _LONGEST:
            foreign.append(name)
    keys = list(dict.fromkeys(map(fold, sorted(latin, key=_likeliest))))
    few = keys if city.population >= _GREAT else keys[:_FEW]
    names = (*few, *map(fold, foreign))
    return [name for name in dict.fromkeys(names) if name and name != main]


def _likeliest(name: str) -> tuple[bool, int, str]:
    return name.isascii(), len(name), name


def _is_latin_name(name: str, main: str) -> bool:
    key = fold(name)
    # A name of three capitals is an airport's code ("ARE" is Arecibo's).
    plain = name[0].isupper() and not (len(name) <= 3 and name.isupper())
    plain = plain and not set(name) & set("'’`´ʿʾ,0123456789")
    as_long = key.count(" ") <= main.count(" ") and 2 < len(key) <= _LONGEST
    return plain and as_long and not key.startswith(main)


@cache
def _script_of(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _script(name: str) -> str:
    """The script of the first letter: the first word of its Unicode name."""
    return next((_script_of(letter) for letter in name if letter.isalpha()), "")
