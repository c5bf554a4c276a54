"""The error of the files against their sources.

The files are read by the service's own readers. Distances are from the IP database's point to the
city of the table, weighted per address (IPv6: per /48, a network as a /32 at most) and per network.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from atlas_build import zone_raster
from atlas_build.arrays import Floats, Integers, quantiles, spread
from atlas_build.climate_grid import MONTHS
from atlas_build.gazetteer import City, Gazetteer, points_of
from atlas_build.mmdb import Networks
from atlas_build.snap import kilometres
from weather.atlas import climate, ip, zones

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder

_SHARES = (0.5, 0.9, 0.95, 0.99)
_COLUMNS = ("median", "p90", "p95", "p99")
_MISSED_KM = 20_000.0  # the error of an address without a city that has a place
_YEAR = 2023  # no leap year
_LAND_POINTS = 100_000
_SEED = 7

Facts = dict[str, dict[str, float]]

# Absolute limits; all other figures are compared with those of the existing table.
CEILINGS: Mapping[str, Mapping[str, float]] = {
    "IPv4 per address": {"median": 4.6, "p90": 14.0, "p95": 26.4, "p99": 99.0, "foreign": 0.04},
    "IPv6 per /48": {"median": 4.7, "p90": 13.6},
    "IPv6 per network": {"p90": 506.0},
    "temperature": {"median": 0.22, "p90": 0.58, "p99": 0.96},
    "precipitation": {"median": 4.9, "p90": 23.0, "p99": 67.0},
    "time zones": {"foreign": 0.3},
}
_WORSE = 1.05  # tolerated growth: sources differ from month to month
_SLACK = 0.05  # tolerated difference of rounded figures


def ip_facts(table: ip.Table, networks: Networks, gazetteer: Gazetteer) -> Facts:
    if networks.bits == 32:
        return _ipv4_facts(table, networks, gazetteer)
    return _ipv6_facts(table, networks, gazetteer)


def _ipv4_facts(table: ip.Table, networks: Networks, gazetteer: Gazetteer) -> Facts:
    bits = np.unpackbits(np.frombuffer(table.bitmap, np.uint8)).astype(np.int64)
    city_of_block = np.asarray(table.cities4, np.int64)[np.cumsum(bits) - 1] - 1
    counts = 1 << np.maximum(24 - networks.lengths, 0)
    blocks = spread(networks.starts.astype(np.int64) >> 8, counts)
    record = np.repeat(networks.record_of, counts)
    size = np.repeat(networks.addresses() / counts, counts)
    errors, foreign = _errors(city_of_block[blocks], record, networks, gazetteer)
    large = np.repeat(networks.lengths <= 24, counts)
    return {
        "IPv4 per address": _row(errors, size, foreign),
        "IPv4 per network": _row(errors, np.repeat(1 / counts, counts), foreign),
        "IPv4 per network from /24": _row(errors, large / np.repeat(counts, counts), foreign),
    }


def _ipv6_facts(table: ip.Table, networks: Networks, gazetteer: Gazetteer) -> Facts:
    """Networks smaller than a /48 by the city of their /48; larger ones by every run."""
    starts = np.fromiter(table.runs6.starts(), np.int64)
    begin = networks.starts.astype(np.int64) >> 16
    end = begin + np.exp2(np.maximum(48 - networks.lengths, 0)).astype(np.int64)
    first = np.searchsorted(starts, begin, "right") - 1
    counts = np.searchsorted(starts, end, "left") - first
    run = spread(first, counts)
    network = np.repeat(np.arange(len(begin)), counts)
    after = np.append(starts[1:], np.iinfo(np.int64).max)
    blocks = np.minimum(after[run], end[network]) - np.maximum(starts[run], begin[network])
    share = blocks / (end - begin)[network]
    cities = np.asarray(table.cities6, np.int64)[run] - 1
    errors, foreign = _errors(cities, networks.record_of[network], networks, gazetteer)
    size = np.minimum(np.exp2(48.0 - networks.lengths), 65_536)[network] * share
    return {
        "IPv6 per /48": _row(errors, size, foreign),
        "IPv6 per network": _row(errors, share, foreign),
    }


def _errors(
    cities: Integers, record: Integers, networks: Networks, gazetteer: Gazetteer
) -> tuple[Floats, Floats]:
    """Kilometres, and 1 for a wrong country, of every item."""
    points = points_of(networks.records)
    countries = gazetteer.numbers(entry.country for entry in networks.records)
    errors, foreign = np.empty(len(cities)), np.empty(len(cities))
    for at in range(0, len(cities), 1 << 20):
        part = slice(at, at + (1 << 20))
        assigned = cities[part]
        distance = kilometres(points[record[part]], gazetteer.points[assigned])
        errors[part] = np.where(assigned < 0, _MISSED_KM, distance)
        foreign[part] = gazetteer.country_of[assigned] != countries[record[part]]
    return errors, foreign


def _row(errors: Floats, weights: Floats, foreign: Floats) -> dict[str, float]:
    row = dict(zip(_COLUMNS, quantiles(errors, weights, _SHARES), strict=True))
    row["foreign"] = round(float(100 * np.average(foreign, weights=weights)), 3)
    return row


def climate_facts(grid: climate.Grid, monthly: dict[str, Floats], cities: list[City]) -> Facts:
    """The errors at the cities, weighted by inhabitants, of monthly means (°C) and sums (mm) of the
    daily normals, against the source interpolated as the reader does."""
    place = _Corners(cities)
    month_of = np.repeat(np.arange(12), np.rint(MONTHS).astype(np.int64))
    days = {
        "temperature": _daily("temperature", grid.temperature, place),
        "precipitation": np.maximum(_daily("precipitation", grid.precipitation, place), 0) ** 2,
    }
    weights = np.tile([float(city.population) for city in cities], 12)
    facts: Facts = {}
    for name, values in days.items():
        actual = np.stack([values[month_of == month].mean(axis=0) for month in range(12)])
        if name == "precipitation":
            actual *= np.array(MONTHS)[:, None] / climate.MEAN_MONTH
        error = np.abs(actual - place.of(monthly[name])).ravel()
        facts[name] = dict(zip(_COLUMNS, quantiles(error, weights, _SHARES), strict=True))
    return facts


class _Corners:
    """Bilinear interpolation at cities."""

    def __init__(self, cities: list[City]) -> None:
        y = (90 - np.array([city.latitude for city in cities])) * climate.PER_DEGREE
        x = np.array([city.longitude for city in cities]) % 360 * climate.PER_DEGREE
        self._row, self._column = y.astype(np.int64), x.astype(np.int64)
        self._down, self._right = y - self._row, x - self._column

    def of(self, field: Floats) -> Floats:
        """The values of a field (layer, row, column) at the cities: (layer, city)."""
        row, column = self._row, self._column
        after = (column + 1) % climate.COLUMNS
        upper = field[:, row, column] * (1 - self._right) + field[:, row, after] * self._right
        row = row + 1
        lower = field[:, row, column] * (1 - self._right) + field[:, row, after] * self._right
        interpolated: Floats = upper * (1 - self._down) + lower * self._down
        return interpolated


def _daily(name: str, values: Any, place: _Corners) -> Floats:
    """The daily values of a year at the cities, as `weather.atlas.climate` computes them."""
    shape = (climate.COEFFICIENTS, climate.ROWS, climate.COLUMNS)
    coefficients = np.cumsum(np.asarray(values).reshape(shape), axis=2, dtype=np.float64)
    first = date(_YEAR, 1, 1).toordinal()
    angles = np.array([climate.angle(date.fromordinal(first + day)) for day in range(365)])
    waves = [np.ones(365)]
    for k in range(1, climate.COEFFICIENTS // 2 + 1):
        waves += [np.cos(k * angles), np.sin(k * angles)]
    daily: Floats = np.stack(waves, axis=1) @ (
        place.of(coefficients) * np.array(climate.STEPS[name])[:, None]
    )
    return daily


def zone_facts(finder: TimezoneFinder, table: zones.Zones) -> Facts:
    """The share of wrong time zones of 100,000 random points on land, in %."""
    random = np.random.default_rng(_SEED)
    latitudes = np.degrees(np.arcsin(random.uniform(-1, 1, 5 * _LAND_POINTS)))
    longitudes = random.uniform(-180, 180, len(latitudes))
    actual = zone_raster.numbers_at(finder, latitudes, longitudes)
    land = np.flatnonzero(actual != zone_raster.SEA)[:_LAND_POINTS]
    cells = _zone_cells(table)
    row = ((90 - latitudes[land]) * zones.PER_DEGREE).astype(np.int64)
    column = ((longitudes[land] + 180) * zones.PER_DEGREE).astype(np.int64)
    wrong = cells[row, column] != actual[land]
    return {"time zones": {"foreign": round(float(100 * wrong.mean()), 3)}}


def _zone_cells(table: zones.Zones) -> Integers:
    """The raster of a table, as its reader decodes it."""
    rows = (row for band in range(zones.ROWS // zones.BAND) for row in table.rows(band))
    ends = ((starts, numbers, [*starts[1:], zones.COLUMNS]) for starts, numbers in rows)
    return np.array([np.repeat(numbers, np.subtract(end, starts)) for starts, numbers, end in ends])


def complaints(facts: Facts, before: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The figures above their ceiling or worse than those of the existing table, as messages."""
    messages = []
    for table, row in facts.items():
        for column, value in row.items():
            ceiling = CEILINGS.get(table, {}).get(column)
            if ceiling is not None and value > ceiling:
                messages.append(f"{table}, {column}: {value} is above {ceiling}")
            earlier = before.get(table, {}).get(column)
            if earlier is not None and value > earlier * _WORSE + _SLACK:
                messages.append(f"{table}, {column}: {value}, and it was {earlier} before")
    return messages


def report(facts: Facts) -> str:
    columns = (*_COLUMNS, "foreign")
    head = f"{'':28}" + "".join(f"{'foreign %' if c == 'foreign' else c:>11}" for c in columns)
    lines = [
        f"{name:28}" + "".join(f"{row[c]:>11.4g}" if c in row else f"{'':>11}" for c in columns)
        for name, row in facts.items()
    ]
    return "\n".join((head, *lines))
