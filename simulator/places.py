"""Properties of a point: the nearest city, the time zone, the elevation, the grid cell."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from struct import pack, unpack
from zoneinfo import ZoneInfo

from .gazetteer import City, cities
from .waves import clamp

REACH = 900  # km; a point farther from every city is at sea


def distance(latitude: float, longitude: float, city: City) -> float:
    """Great-circle distance in km."""
    phi, other = radians(latitude), radians(city.latitude)
    half = sin((phi - other) / 2) ** 2
    half += cos(phi) * cos(other) * sin(radians(longitude - city.longitude) / 2) ** 2
    return 12_742 * asin(sqrt(min(half, 1)))


@lru_cache(maxsize=4096)
def nearest(latitude: float, longitude: float) -> tuple[City, float]:
    """(city, distance in km)."""
    city = min(cities(), key=lambda city: distance(latitude, longitude, city))
    return city, distance(latitude, longitude, city)


def timezone_at(latitude: float, longitude: float) -> str:
    """The nearest city's zone; at sea Etc/GMT±n by longitude (with the sign of POSIX: reversed)."""
    city, away = nearest(latitude, longitude)
    if away < REACH:
        return city.timezone
    hours = round(longitude / 15)
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


def zone(name: str) -> ZoneInfo | None:
    """The IANA zone; None for an unknown name or one that leaves the zone directory."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def elevation_at(latitude: float, longitude: float) -> float:
    """Metres, a whole number: the city's, with hills around it, and 0 at sea."""
    city, away = nearest(latitude, longitude)
    hills = 140 * (1 + sin(latitude * 9) * cos(longitude * 7))
    land = city.elevation + hills * clamp(away / 60, 0, 1)
    return float(round(land)) if away < REACH else 0.0


def cell(value: float, step: float, origin: float) -> float:
    """The centre of the grid cell, with the rounding errors of 32-bit floats: 13.419998."""
    index = round((value - origin) / step)
    return _single(_single(index * _single(step)) + origin)


def _single(value: float) -> float:
    rounded: float = unpack("f", pack("f", value))[0]
    return rounded
