"""The embedded world in three megabytes: places, addresses and climate without a network.

    cities      coordinates → the nearest city
    names       a name → cities
    areas       a name or code → countries and regions
    airports    an IATA code → a place
    ip          an IP address → the city in which it is used
    climate     a point and a day → the climate normals
    zones       a point → the time zone
    container   the file format of `data/`, which `make data` builds
    shared      decoded tables in memory that processes share

Each table is read at its first use, or all of them by `share()` before a server forks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from weather.atlas import (
    airports,
    areas,
    cities,
    climate,
    container,
    ip,
    names,
    runs,
    shared,
    zones,
)
from weather.atlas.container import CorruptAtlas
from weather.core.attribution import CC_BY_4, DB_IP, GEONAMES
from weather.core.models import ClimateNormal, Coordinates, Credit, Place

__all__ = ["CREDITS", "Atlas", "CorruptAtlas", "dates", "load"]

COPERNICUS = Credit(
    "Contains modified Copernicus Climate Change Service information",
    "https://climate.copernicus.eu/",
    *CC_BY_4,
)
CREDITS = (DB_IP, GEONAMES, COPERNICUS)


class Atlas:
    """Cities by name and by point, and the climate normals and the time zone of a point."""

    credits = (COPERNICUS,)
    place_credits = (GEONAMES,)

    @property
    def source(self) -> str:
        return f"GeoNames of {cities.load().date:%B %Y}, offline"

    def search(self, name: str, within: tuple[str, ...]) -> tuple[Place, ...]:
        return names.search(name, within)

    def is_area(self, text: str) -> bool:
        return areas.is_area(text)

    def airport(self, code: str) -> Place | None:
        """The place of an airport's IATA code."""
        return airports.airport(code)

    def nearest(self, where: Coordinates) -> tuple[Place, float]:
        return cities.nearest(where)

    def zone_at(self, where: Coordinates) -> str | None:
        """The time zone (IANA) by its borders; None on the open sea."""
        return zones.zone_at(where)

    def normal(self, where: Coordinates, day: date) -> ClimateNormal:
        return climate.normal(where, day)


# The largest first: to decode it takes twice its memory, while the others have none.
_TABLES = {
    "climate": climate,
    "cities": cities,
    "ip": ip,
    "names": names,
    "areas": areas,
    "airports": airports,
    "zones": zones,
}
_CLASSES = (cities.Cities, ip.Table, runs.Runs, names.Names, airports.Airports, zones.Zones,
            climate.Grid)  # fmt: skip
_LARGEST = 64_000_000  # bytes of all decoded tables, which are half of it


def load() -> dict[str, object]:
    """Read every table. Raises `CorruptAtlas` if a file is missing, cut off or damaged."""
    return {name: table.load() for name, table in _TABLES.items()}


def share() -> None:
    """Read every table in a process of its own, for this process and those that it forks."""
    shared.share(_decoded, _LARGEST, _CLASSES)


def _decoded() -> Iterator[tuple[str, object]]:
    """Every table with its name. None stays in memory but the cities, which others need."""
    for name, table in _TABLES.items():
        yield name, table.load() if table is cities else table.load.__wrapped__()


@cache
def dates() -> dict[str, date]:
    """The date of the data in each table, none of which is decoded. Raises `CorruptAtlas` if a file
    is missing, cut off or damaged."""
    return {name: container.check(name).date for name in _TABLES}
