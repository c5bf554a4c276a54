"""Search by name, offline: each city's name and its alternative names, folded.

The file has the alternative names; cities' own names are folded at load. All names are in one text,
a line each, city after city, each city's own name first. A search scans for a line, which takes
milliseconds; nothing is unpacked into objects. Only whole names are found, and a country is no
city: a wrong place is worse than none.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

from weather.atlas import areas, cities, container, shared
from weather.atlas.container import CorruptAtlas
from weather.atlas.folding import fold
from weather.atlas.once import once
from weather.atlas.text import Text
from weather.core.dataclass import dataclass
from weather.core.models import Place
from weather.core.place_names import spellings

LIMIT = 20
# A name that a city has besides its own ranks as if the city were smaller by this factor: Victoria
# is in Canada, though Hong Kong is also called so; but Calcutta is Kolkata, not a South African
# town.
_ALTERNATIVE = 30
_BREAK = b"\r"  # for the line feeds within a city's names, until all are joined

# Usual names of countries that are those of towns, too.
_COUNTRIES = {"usa": "US", "us": "US", "uk": "GB", "uae": "AE"}


@dataclass(frozen=True, slots=True)
class Names:
    text: Text  # every name preceded by a line feed, and one at the end
    ends: Sequence[int]  # where each city's names end

    def cities(self, key: str) -> Iterator[tuple[int, bool]]:
        """Cities with that name, and whether it is the city's own name."""
        pattern = b"\n" + key.encode("utf-8", "replace") + b"\n"
        at = self.text.find(pattern)
        while at >= 0:
            city = bisect_right(self.ends, at)
            yield city, at == (self.ends[city - 1] if city else 0)
            at = self.text.find(pattern, at + 1)


def search(text: str, within: tuple[str, ...] = (), limit: int = LIMIT) -> tuple[Place, ...]:
    """Cities of that name, the best known first. Each word of `within` must be the city's country
    or region (by any name or code).

    Case and accents are ignored, the spelling of Saint, Mount and Fort, and that of umlauts
    ("Muenchen") where nothing else is found. A country's English name finds only a city of that
    very name in it, such as Singapore.
    """
    key = fold(text)
    keys = (key, *map(fold, spellings(text)))
    matches = _cities(*keys) or _cities(_without_umlauts(key))
    table = cities.load()
    if country := _country_of_name(key):
        matches = {city: own for city, own in matches.items() if own and _country(city) == country}
    ordered = sorted(
        (city for city in matches if areas.lies_within(_location(table, city), within)),
        key=lambda city: (-table.populations[city] / (1 if matches[city] else _ALTERNATIVE), city),
    )
    return tuple(table.place(city) for city in islice(ordered, limit))


def _cities(*keys: str) -> dict[int, bool]:
    """Cities of folded names, and whether one of them is the city's own name."""
    matches: dict[int, bool] = {}
    for key in filter(None, keys):
        for city, own in load().cities(key):
            matches[city] = matches.get(city, False) or own
    return matches


def _without_umlauts(key: str) -> str:
    """ "muenchen" as the fold of "München" has it."""
    return key.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _country_of_name(key: str) -> str | None:
    """The country of an English name. Names in other languages are those of towns as well:
    Granada is Grenada's in Spanish."""
    if key in _COUNTRIES:
        return _COUNTRIES[key]
    return next(
        (code for code, name in cities.load().countries if fold(name) in {key, f"the {key}"}), None
    )


def _country(city: int) -> str:
    table = cities.load()
    return table.countries[table.country_of[city]][0]


def _location(table: cities.Cities, city: int) -> areas.Location:
    country, name = table.countries[table.country_of[city]]
    code, region = table.regions[table.region_of[city]]
    return areas.Location(country, (name, region), (f"{country}.{code}",))


@once
def load() -> Names:
    """The names, read at the first call. Raises `CorruptAtlas`."""
    table: Names | None = shared.table("names")
    return table or decode(container.read("names"), cities.load().all_names())


def decode(file: container.Container, own_names: bytes) -> Names:
    """`own_names` are those of all cities, one a line. Raises `CorruptAtlas`."""
    try:
        # One sign for another, so that each city's part of the text has the same length as before.
        others = file.sections["alternatives"].replace(b"\t", _BREAK).split(b"\n")
        own = _folded(own_names.decode().rstrip("\n").split("\n"))
    except (LookupError, ValueError) as error:
        raise CorruptAtlas(f"The atlas's names cannot be used ({error}).") from error
    if len(own) != len(others):
        raise CorruptAtlas("The atlas's names and its city table do not belong together.")
    every = [
        b"\n%b\n%b" % (name.encode(), row) if row else b"\n" + name.encode()
        for name, row in zip(own, others, strict=True)
    ]
    text = b"".join(every).replace(_BREAK, b"\n") + b"\n"
    return Names(text, array("I", accumulate(map(len, every))))


def _folded(names: list[str]) -> list[str]:
    """`fold` of each name: of two texts, as ASCII is folded faster."""
    plain, others = (
        iter(_folded_together([name for name in names if name.isascii() == is_ascii]))
        for is_ascii in (True, False)
    )
    return [next(plain if name.isascii() else others) for name in names]


def _folded_together(names: list[str]) -> list[str]:
    """No name has the sign that separates them here."""
    text = fold("|".join(names))
    return text.replace(" |", "|").replace("| ", "|").split("|")
