"""Airports by their IATA codes.

codes        a bit for each code from AAA to ZZZ, the lowest of a byte first
latitudes    of the codes whose bit is set, in their order, in hundredths of a degree
longitudes   the same
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence

from weather.atlas import cities, container, shared
from weather.atlas.arrays import big_endian
from weather.atlas.container import CorruptAtlas
from weather.atlas.once import once
from weather.core.dataclass import dataclass
from weather.core.models import Coordinates, Place

_LETTERS = 26
CODES = _LETTERS**3
CITY_RADIUS = 50.0  # km: a city's airport may be far outside


@dataclass(frozen=True, slots=True)
class Airports:
    codes: Sequence[int]  # their numbers, ascending
    latitudes: Sequence[int]
    longitudes: Sequence[int]


def number(code: str) -> int | None:
    """AAA is 0, AAB 1, … ZZZ 17,575; None for what is no code. Case does not matter."""
    letters = [ord(letter) - ord("A") for letter in code.upper()]
    if not code.isascii() or len(letters) != 3 or not all(0 <= n < _LETTERS for n in letters):
        return None
    return (letters[0] * _LETTERS + letters[1]) * _LETTERS + letters[2]


def airport(code: str) -> Place | None:
    """The place of an airport, with the name of the city that it serves: "Hamburg (HAM)"."""
    airports = load()
    wanted = number(code)
    row = 0 if wanted is None else bisect_left(airports.codes, wanted)
    if row == len(airports.codes) or airports.codes[row] != wanted:
        return None
    where = Coordinates(airports.latitudes[row] / 100, airports.longitudes[row] / 100)
    city = cities.largest_within(where, CITY_RADIUS) or cities.nearest(where)[0]
    return Place(
        where,
        name=f"{city.name} ({code.upper()})",
        region=city.region,
        country=city.country,
        country_code=city.country_code,
    )


@once
def load() -> Airports:
    """The table. Raises `CorruptAtlas`."""
    table: Airports | None = shared.table("airports")
    return table or decode(container.read("airports"))


def decode(file: container.Container) -> Airports:
    """The table of a container. Raises `CorruptAtlas`."""
    try:
        bits = file.sections["codes"]
        codes = array("H", (code for code in range(CODES) if bits[code // 8] >> code % 8 & 1))
        columns = [big_endian("h", file.sections[name]) for name in ("latitudes", "longitudes")]
    except (LookupError, ValueError) as error:
        raise CorruptAtlas(f"The atlas file airports.atlas cannot be used ({error}).") from error
    if any(len(column) != len(codes) for column in columns):
        raise CorruptAtlas("The atlas file airports.atlas cannot be used (columns differ).")
    return Airports(codes, *columns)
