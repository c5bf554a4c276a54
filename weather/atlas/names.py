"""Search by name, offline: each city's name and its alternative names, folded.

All names are in one text, a line each, city after city. A search scans for the beginning of a
line, which takes milliseconds; nothing is unpacked into objects.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice

from weather.atlas import cities, container
from weather.atlas.arrays import big_endian
from weather.atlas.container import CorruptAtlas
from weather.core.models import Place

LIMIT = 20
_PREFIX = 3  # characters; shorter texts match whole names only, as in Open-Meteo's search
_SCAN = 5_000  # lines that one search reads
_ACCENTS = range(0x300, 0x370)  # combining marks of Latin, Greek and Cyrillic script
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е"}
    | dict.fromkeys("'’ʻʼ‘`´ʿʾ.ʹʺ", "")
    | dict.fromkeys("-‐‑–—_/,;()\t\r\n", " ")
)


@dataclass(frozen=True, slots=True)
class Names:
    text: bytes  # every name preceded by a line feed, and one at the end
    ends: array[int]  # where each city's names end

    def cities(self, key: str) -> Iterator[tuple[int, bool]]:
        """Cities with a name that begins with the key, and whether it is the whole name. A short
        key has to be the whole name."""
        start = b"\n" + key.encode("utf-8", "replace")
        pattern = start if len(key) >= _PREFIX else start + b"\n"
        at = self.text.find(pattern)
        while at >= 0:
            yield bisect_right(self.ends, at), self.text[at + len(start)] == 0x0A
            at = self.text.find(pattern, at + 1)


def fold(name: str) -> str:
    """A name without case, accents, apostrophes and hyphens, for comparison."""
    # Decomposition may yield capitals (of mathematical letters), so it precedes casefold, too.
    lower = unicodedata.normalize("NFKD", name.casefold()).casefold()
    letters = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    plain = "".join(letter for letter in letters if ord(letter) not in _ACCENTS)
    return " ".join(unicodedata.normalize("NFC", plain).translate(_LETTERS).split())


def search(text: str, within: tuple[str, ...] = (), limit: int = LIMIT) -> tuple[Place, ...]:
    """Cities of that name, the likeliest first: whole names before beginnings, then the larger.

    Case, accents and the spelling of umlauts ("Muenchen") are ignored. Each word of `within` must
    be the city's country (name or ISO code) or its region (name or code).
    """
    ranks: dict[int, bool] = {}
    key = fold(text)
    for spelling in dict.fromkeys((key, _without_umlauts(key))):
        for city, whole in islice(load().cities(spelling) if spelling else (), _SCAN):
            ranks[city] = ranks.get(city, False) or whole
    table = cities.load()
    ordered = sorted(ranks, key=lambda city: (not ranks[city], -table.populations[city], city))
    required = {fold(part) for part in within}
    matches = (city for city in ordered if required <= _surroundings(table, city))
    return tuple(table.place(city) for city in islice(matches, limit))


def _without_umlauts(key: str) -> str:
    """ "muenchen" as the fold of "München" has it."""
    return key.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _surroundings(table: cities.Cities, city: int) -> set[str]:
    country = table.countries[table.country_of[city]]
    region = table.regions[table.region_of[city]]
    return {fold(name) for name in (*country, *region)}


@cache
def load() -> Names:
    """The names, read at the first call. Raises `CorruptAtlas`."""
    return decode(container.read("names"), len(cities.load().latitudes))


def decode(file: container.Container, known: int) -> Names:
    try:
        text = file.sections["names"]
        ends = array("I", accumulate(big_endian("H", file.sections["sizes"])))
    except (LookupError, ValueError) as error:
        raise CorruptAtlas(f"The atlas's names cannot be used ({error}).") from error
    if len(ends) != known or ends[-1] + 1 != len(text):
        raise CorruptAtlas("The atlas's names and its city table do not belong together.")
    return Names(text, ends)
