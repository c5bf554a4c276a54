"""The near side of the moon in characters, drawn from its map.

A cell is a point of the disc, seen from far away (orthographic projection). The maria are circles
with the centres and diameters of the IAU's Gazetteer of Planetary Nomenclature
(https://planetarynames.wr.usgs.gov/); Oceanus Procellarum and Mare Frigoris, which are no circles,
are made of several.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from weather.views.ansi import Colorizer
from weather.views.v2.canvas import Row

ROWS, COLUMNS = 21, 42
_RADIUS = 1737.4  # km
# Latitude and longitude in degrees, diameter in km.
_MARIA = (
    *((34.7, -14.9, 1146), (27.3, 18.4, 674), (8.4, 30.8, 876), (16.2, 59.1, 556)),
    *((-7.8, 53.7, 840), (-15.2, 34.6, 340), (-20.6, -17.3, 715), (-24.5, -38.6, 420)),
    *((13.2, 4.1, 242), (-10.5, -22.3, 350), (7.8, -30.6, 512)),
    *((32.0, -56.0, 760), (15.0, -55.0, 900), (0.0, -50.0, 700)),  # Oceanus Procellarum
    *((57.0, -25.0, 360), (58.5, -8.0, 340), (57.5, 9.0, 340), (55.5, 26.0, 340)),  # Frigoris
)
_CRATERS = ((-43.3, -11.4), (9.6, -20.1), (8.1, -38.0))  # with rays: Tycho, Copernicus, Kepler
_RAYS = math.cos(math.radians(5))
_LIT = {"crater": ("@", 231), "land": ("o", 253), "mare": (":", 246)}
_DARK = (".", 237)

Vector = tuple[float, float, float]


def _vector(latitude: float, longitude: float) -> Vector:
    """A point of the surface: to the east, to the north and toward the earth."""
    up, along = math.radians(latitude), math.radians(longitude)
    return math.cos(up) * math.sin(along), math.sin(up), math.cos(up) * math.cos(along)


_MARE_CENTRES = [
    (_vector(latitude, longitude), math.cos(diameter / 2 / _RADIUS))
    for latitude, longitude, diameter in _MARIA
]
_CRATER_CENTRES = [_vector(*crater) for crater in _CRATERS]


def rows(phase: float, colorize: Colorizer, *, southern: bool) -> Iterator[str]:
    """`ROWS` lines: the moon of a phase (0 new, 0.5 full), turned round in the south."""
    turn = -1 if southern else 1
    for y in range(ROWS):
        row = Row(COLUMNS)
        north = (1 - (2 * y + 1) / ROWS) * turn
        for x in range(COLUMNS):
            east = ((2 * x + 1) / COLUMNS - 1) * turn
            if east**2 + north**2 <= 1:
                row.put(x, *_sign(east, north, phase))
        yield row.text(colorize)


def _sign(east: float, north: float, phase: float) -> tuple[str, int]:
    """The character and the colour of a point of the disc."""
    edge = math.cos(math.tau * phase) * math.sqrt(max(1 - north**2, 0))
    lit = east > edge if phase <= 0.5 else -east > edge
    return _LIT[_ground(east, north)] if lit else _DARK


def _ground(east: float, north: float) -> str:
    up = math.sqrt(max(1 - east**2 - north**2, 0))
    # Written out: these are ten thousand products of vectors in a disc.
    for x, y, z in _CRATER_CENTRES:
        if east * x + north * y + up * z > _RAYS:
            return "crater"
    for (x, y, z), limit in _MARE_CENTRES:
        if east * x + north * y + up * z > limit:
            return "mare"
    return "land"
