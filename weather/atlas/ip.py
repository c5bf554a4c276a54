"""IP address → city: DB-IP City Lite, each range snapped to a GeoNames city.

IPv4 is a bitmap with one bit for each /24, set where a run of one city begins, and the cities of
the runs in order: the run of an address is the number of bits set up to its own. Within a /16
`int.bit_count` counts them; for the /16 before, the count is looked up. IPv6 has the lengths of the
runs, in /48 blocks (`atlas/runs.py`). City 0 means unknown.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from ipaddress import IPv4Address
from itertools import accumulate

from weather.atlas import cities, container, shared
from weather.atlas.arrays import big_endian
from weather.atlas.container import CorruptAtlas
from weather.atlas.once import once
from weather.atlas.runs import Runs, runs
from weather.core.attribution import DB_IP, GEONAMES
from weather.core.dataclass import dataclass
from weather.core.ip_address import Address, is_public
from weather.core.models import Place

_PAGE = 32  # bytes of bitmap for a /16


@dataclass(frozen=True, slots=True)
class Table:
    date: date
    bitmap: Sequence[int]  # 2^24 bits, in bytes
    ranks: Sequence[int]  # runs begun before each /16
    cities4: Sequence[int]  # city of each run
    runs6: Runs  # in /48 blocks
    cities6: Sequence[int]

    def city(self, address: Address) -> int | None:
        """The index of the city in the gazetteer."""
        if not is_public(address):
            return None
        number = int(address)
        v4 = isinstance(address, IPv4Address)
        city = self._city4(number) if v4 else self._city6(number >> 80)
        return city - 1 if city else None

    def _city4(self, number: int) -> int:
        page = number >> 16
        bits = int.from_bytes(self.bitmap[page * _PAGE : page * _PAGE + _PAGE])
        rank = self.ranks[page] + (bits >> (~number >> 8 & 0xFF)).bit_count()
        return self.cities4[rank - 1]

    def _city6(self, block: int) -> int:
        run = self.runs6.run_at(block)
        return 0 if run is None else self.cities6[run]


class IPTable:
    """The table as a locator of IP addresses."""

    name = "atlas"
    local = True
    credits = (DB_IP, GEONAMES)

    def __init__(self) -> None:
        self.in_memory = False  # until it is loaded

    @property
    def source(self) -> str:
        return _source(load().date)

    @property
    def date(self) -> date:
        return load().date

    def locate(self, address: Address | None, deadline: object = None) -> Place | None:
        """The city in which the address is used; None for special and unknown ranges, and without
        an address: a table does not know the server's own. A look-up takes microseconds, so the
        deadline does not matter."""
        if address is None:
            return None
        city = load().city(address)
        self.in_memory = True
        return None if city is None else _place(city)


@cache
def _source(day: date) -> str:
    return f"DB-IP City Lite of {day:%B %Y}, snapped to GeoNames cities"


@lru_cache(maxsize=4096)
def _place(city: int) -> Place:
    return cities.load().place(city)


@once
def load() -> Table:
    """The table, read at the first call. Raises `CorruptAtlas`."""
    table: Table | None = shared.table("ip")
    return table or decode(container.read("ip"), len(cities.load().latitudes))


def decode(file: container.Container, city_count: int) -> Table:
    """The table of a container. Raises `CorruptAtlas`, also where it does not belong to a city
    table of `city_count` rows."""
    try:
        bitmap = array("B", file.sections["ipv4 starts"])
        cities4 = big_endian("H", file.sections["ipv4 cities"])
        cities6 = big_endian("H", file.sections["ipv6 cities"])
        runs6 = _runs6(file)
        expected_cities = int.from_bytes(file.sections["cities known"])
    except (LookupError, ValueError) as error:
        raise CorruptAtlas(f"The atlas's IP table cannot be used ({error}).") from error
    ranks = array("I", _ranks(bitmap))
    fits = len(bitmap) == 1 << 21 and ranks[-1] == len(cities4) and bitmap[0] >= 0x80
    if not fits or len(runs6) != len(cities6) or expected_cities != city_count:
        raise CorruptAtlas("The atlas's IP table and its city table do not belong together.")
    return Table(file.date, bitmap, ranks, cities4, runs6, cities6)


def _ranks(bitmap: array[int]) -> list[int]:
    """The number of bits set before each page, and in all; counted by words, whose order of bytes
    does not matter."""
    counts = map(int.bit_count, array("Q", bitmap.tobytes()))
    return list(accumulate(counts, initial=0))[:: _PAGE // 8]


def _runs6(file: container.Container) -> Runs:
    return runs(
        first=int.from_bytes(file.sections["ipv6 first"]),
        codes=file.sections["ipv6 lengths"],
        frequent=big_endian("Q", file.sections["ipv6 frequent lengths"]),
        rare=big_endian("Q", file.sections["ipv6 rare lengths"]),
    )
