"""The table of airports from the package airportsdata."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path
from statistics import fmean

import numpy as np

from weather.atlas import airports, cities
from weather.core.models import Coordinates


def sections() -> dict[str, bytes]:
    """The sections of `airports.atlas`."""
    rows = _rows()
    codes = sorted(rows)
    bits = bytearray(-(-airports.CODES // 8))
    for code in codes:
        bits[code // 8] |= 1 << code % 8
    return {
        "codes": bytes(bits),
        "latitudes": _hundredths(rows[code][0] for code in codes),
        "longitudes": _hundredths(rows[code][1] for code in codes),
    }


def version() -> str:
    return distribution("airportsdata").version


def _hundredths(degrees: Iterable[float]) -> bytes:
    return np.round(np.fromiter(degrees, float) * 100).astype(">i2").tobytes()


def _rows() -> dict[int, tuple[float, float]]:
    """The latitude and longitude, in degrees, of each code's number. The code of a metropolis
    ("NYC") is the largest city around its airports."""
    airport: dict[str, tuple[float, float]] = {
        row["iata"]: (float(row["lat"]), float(row["lon"])) for row in _read("airports.csv")
    }
    members: dict[str, list[tuple[float, float]]] = {}
    for row in _read("iata_macs.csv"):
        if row["Airport Code"] in airport:
            members.setdefault(row["City Code"], []).append(airport[row["Airport Code"]])
    metropolis = {code: _city(points) for code, points in members.items()}
    numbered = ((airports.number(code), where) for code, where in (metropolis | airport).items())
    return {number: where for number, where in numbered if number is not None}


def _city(points: list[tuple[float, float]]) -> tuple[float, float]:
    latitudes, longitudes = zip(*points, strict=True)
    middle = Coordinates(fmean(latitudes), fmean(longitudes))
    city = cities.largest_within(middle, airports.CITY_RADIUS)
    where = city.coordinates if city else middle
    return where.latitude, where.longitude


def _read(name: str) -> Iterator[dict[str, str]]:
    path = Path(str(distribution("airportsdata").locate_file(f"airportsdata/{name}")))
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
