"""The cities that the simulated providers know: data of GeoNames (CC BY 4.0), and a few fictional
places.

Columns: name | admin1 | country | latitude | longitude | elevation m | population | time zone
| postcodes | other names, a two-letter `xx:` before a translation, anything else is an alias.
`*` before the name marks a capital, `+` an airport. Empty and 0 mean unknown.

The towns and nations are known to the geocoder alone: no point and no address is near them.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from zlib import crc32

TABLE = Path(__file__).with_name("gazetteer.txt")
FEATURES = {"*": "PPLC", "+": "AIRP"}


@dataclass(frozen=True)
class City:
    """`names` are translations by language, `aliases` other search terms (codes, spellings)."""

    id: int
    name: str
    admin1: str
    country_code: str
    latitude: float
    longitude: float
    elevation: int
    population: int
    timezone: str
    feature_code: str
    postcodes: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict, hash=False)
    aliases: tuple[str, ...] = ()

    @staticmethod
    def parse(line: str) -> "City":
        cells = [cell.strip() for cell in line.split("|")]
        name, admin1, country, latitude, longitude, height, people, zone, posts, others = cells
        words = [word.strip() for word in others.split(",") if word.strip()]
        names = dict(word.split(":") for word in words if word[2:3] == ":")
        return City(
            9_000_000 + crc32(line.encode()) % 1_000_000,
            name.lstrip("*+"),
            admin1,
            country,
            float(latitude),
            float(longitude),
            int(height or 0),
            int(people or 0),
            zone,
            FEATURES.get(name[0], "PPL"),
            tuple(posts.split()),
            names,
            tuple(word for word in words if word[2:3] != ":"),
        )

    def name_in(self, language: str) -> str:
        return self.names.get(language, self.name)


def _lines(table: str) -> list[str]:
    lines = TABLE.read_text(encoding="utf-8").split("\n# ")
    (block,) = (text for text in lines if text.startswith(table))
    return [line for line in block.splitlines()[1:] if line]


@cache
def cities() -> tuple[City, ...]:
    return tuple(map(City.parse, _lines("cities")))


@cache
def towns() -> tuple[City, ...]:
    return tuple(map(City.parse, _lines("towns")))


@cache
def nations() -> tuple[City, ...]:
    """Countries as places: the point of a country has no height in the elevation model."""
    rows = (line.split("|") for line in _lines("nations"))
    return tuple(
        replace(
            City.parse(f"{name}||{code}|{latitude}|{longitude}|9999|{people}|{zone}||{others}"),
            feature_code="PCLI",
        )
        for name, code, latitude, longitude, people, zone, others in rows
    )


@cache
def counties() -> dict[tuple[str, str, str], "Region"]:
    """Second-level divisions by country code, English name of the first level and city."""
    rows = (line.split("|") for line in _lines("counties"))
    return {
        (code, region, city): Region(int(number), {"en": name})
        for code, region, city, name, number in rows
    }


@cache
def countries() -> dict[str, dict[str, str]]:
    """Names by language, of which `en` always exists, by country code."""
    table = {}
    for line in _lines("countries"):
        code, english, *others = (cell.strip() for cell in line.split("|"))
        table[code] = {"en": english} | dict(other.split(":") for other in others)
    return table


@dataclass(frozen=True)
class Region:
    """A first-level division: its GeoNames id, and its names by language."""

    id: int
    names: dict[str, str] = field(default_factory=dict, hash=False)


@cache
def regions() -> dict[tuple[str, str], Region]:
    """By country code and English name, those of which the real id is known."""
    table = {}
    for line in _lines("regions"):
        code, english, number, *others = (cell.strip() for cell in line.split("|"))
        names = {"en": english} | dict(other.split(":") for other in others)
        table[code, english] = Region(int(number), names)
    return table


def region_of(city: City) -> Region:
    """With a fictional id, above all of GeoNames, where the real one is not known; without a
    region the id is 0 and there is no name."""
    fictional = 90_000_000 + crc32(f"{city.country_code}/{city.admin1}".encode()) % 1_000_000
    unknown = Region(fictional, {"en": city.admin1}) if city.admin1 else Region(0)
    return regions().get((city.country_code, city.admin1), unknown)


def country_name(code: str, language: str = "en") -> str:
    names = countries().get(code, {})
    return names.get(language, names.get("en", ""))


@cache
def city(name: str) -> City:
    """The most populous city of this English name; KeyError if there is none."""
    namesakes = [known for known in cities() if known.name.casefold() == name.casefold()]
    if not namesakes:
        raise KeyError(name)
    return max(namesakes, key=lambda city: city.population)
