"""The gazetteer: GeoNames' cities of 15,000 inhabitants and more, suburbs under their metropolis.

A city is a row number; its columns are arrays. Rows are ordered by country and falling
population, coordinates are rounded to 0.01° (1.1 km), populations to two digits.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from weather.atlas import container, shared
from weather.atlas.arrays import big_endian
from weather.atlas.container import CorruptAtlas
from weather.atlas.once import once
from weather.atlas.text import Text
from weather.core.dataclass import dataclass
from weather.core.models import Coordinates, Place

EARTH_RADIUS = 6371.0  # km
_KM_PER_DEGREE = EARTH_RADIUS * math.pi / 180


@dataclass(frozen=True, slots=True)
class Cities:
    date: date
    countries: list[tuple[str, str]]  # code and name
    regions: list[tuple[str, str]]  # GeoNames' code within the country ("TX") and name
    timezones: list[str]
    names: Text  # one a line
    lines: Sequence[int]  # where the names begin, and where the last one ends
    country_of: Sequence[int]
    region_of: Sequence[int]
    timezone_of: Sequence[int]
    latitudes: Sequence[int]  # hundredths of a degree
    longitudes: Sequence[int]
    populations: Sequence[int]
    by_latitude: Sequence[int]  # cities from south to north

    def all_names(self) -> bytes:
        """One a line."""
        return self.names[0 : self.lines[-1]]

    def place(self, city: int) -> Place:
        code, country = self.countries[self.country_of[city]]
        return Place(
            Coordinates(self.latitudes[city] / 100, self.longitudes[city] / 100),
            name=self.names[self.lines[city] : self.lines[city + 1] - 1].decode(),
            region=self.regions[self.region_of[city]][1] or None,
            country=country,
            country_code=code,
            timezone=self.timezones[self.timezone_of[city]],
            population=self.populations[city] or None,
        )

    def nearest(self, where: Coordinates) -> tuple[int, float]:
        """The nearest city and its distance in km. The search goes from the point's latitude to
        the north and to the south until the latitude alone is farther than the best city, past
        those whose longitude is."""
        start = bisect_left(self.by_latitude, where.latitude * 100, key=self.latitudes.__getitem__)
        best, distance, reach = -1, math.inf, 180.0
        for steps in (self.by_latitude[start:], reversed(self.by_latitude[:start])):
            for city in steps:
                latitude = self.latitudes[city] / 100
                if abs(latitude - where.latitude) * _KM_PER_DEGREE > distance:
                    break
                longitude = self.longitudes[city] / 100
                if reach < abs(longitude - where.longitude) < 360 - reach:
                    continue
                here = kilometres(where, latitude, longitude)
                if here < distance:
                    best, distance, reach = city, here, _reach(where.latitude, here)
        return best, distance

    def largest_within(self, where: Coordinates, radius: float) -> int | None:
        """The city of the largest population within a radius in km."""
        reach = radius / _KM_PER_DEGREE
        first, last = (
            bisect_left(
                self.by_latitude, (where.latitude + step) * 100, key=self.latitudes.__getitem__
            )
            for step in (-reach, reach)
        )
        near = (
            city
            for city in self.by_latitude[first:last]
            if kilometres(where, self.latitudes[city] / 100, self.longitudes[city] / 100) <= radius
        )
        return max(near, key=self.populations.__getitem__, default=None)


def kilometres(a: Coordinates, latitude: float, longitude: float) -> float:
    """The great-circle distance (haversine formula) on a sphere of 6371 km."""
    south, north = math.radians(a.latitude), math.radians(latitude)
    across = math.sin(math.radians(longitude - a.longitude) / 2) ** 2
    up = math.sin((north - south) / 2) ** 2
    half_chord = math.sqrt(up + math.cos(south) * math.cos(north) * across)
    return 2 * EARTH_RADIUS * math.asin(min(1.0, half_chord))


def _reach(latitude: float, radius: float) -> float:
    """By how many degrees of longitude a point can differ that lies within a radius in km."""
    north, angle = math.radians(abs(latitude)), radius / EARTH_RADIUS
    if north + angle >= math.pi / 2:  # the pole is within
        return 180.0
    return math.degrees(math.asin(math.sin(angle) / math.cos(north)))


def largest_within(where: Coordinates, radius: float) -> Place | None:
    """The city of the largest population within a radius in km."""
    city = load().largest_within(where, radius)
    return None if city is None else load().place(city)


def nearest(where: Coordinates) -> tuple[Place, float]:
    """The city nearest to a point and how far it is, in km."""
    table = load()
    city, distance = table.nearest(where)
    return table.place(city), distance


@once
def load() -> Cities:
    """The table, read at the first call. Raises `CorruptAtlas`."""
    table: Cities | None = shared.table("cities")
    return table or decode(container.read("cities"))


def decode(file: container.Container) -> Cities:
    try:
        cities = _decode(file)
    except (LookupError, ValueError) as error:
        raise CorruptAtlas(f"The atlas's city table cannot be used ({error}).") from error
    columns = (
        (cities.country_of, cities.countries),
        (cities.region_of, cities.regions),
        (cities.timezone_of, cities.timezones),
    )
    count = len(cities.lines) - 1
    sizes = {len(cities.latitudes), len(cities.longitudes), len(cities.populations)}
    sizes |= {len(column) for column, _ in columns}
    if sizes != {count} or any(max(column) >= len(values) for column, values in columns):
        raise CorruptAtlas("The atlas's city table is inconsistent.")
    return cities


def _decode(file: container.Container) -> Cities:
    names = file.sections["names"]
    latitudes = big_endian("h", file.sections["latitudes"])
    return Cities(
        date=file.date,
        countries=_pairs(file.sections["countries"]),
        regions=_pairs(file.sections["regions"]),
        timezones=file.sections["timezones"].decode().split("\n"),
        names=names,
        lines=array(
            "I", accumulate((len(line) + 1 for line in names.split(b"\n")[:-1]), initial=0)
        ),
        country_of=big_endian("H", file.sections["country of city"]),
        region_of=big_endian("H", file.sections["region of city"]),
        timezone_of=big_endian("H", file.sections["timezone of city"]),
        latitudes=latitudes,
        longitudes=big_endian("h", file.sections["longitudes"]),
        populations=big_endian("I", file.sections["populations"]),
        by_latitude=array("H", sorted(range(len(latitudes)), key=latitudes.__getitem__)),
    )


def _pairs(data: bytes) -> list[tuple[str, str]]:
    """Lines of a code, a tab and a name."""
    return [
        (code, name) for code, _, name in (x.partition("\t") for x in data.decode().split("\n"))
    ]
