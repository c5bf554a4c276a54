"""Polygons of GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from weather.core import ranges
from weather.core.models import Coordinates

Ring = list[tuple[float, float]]  # longitude and latitude of each corner


def covers(geometry: object, where: Coordinates) -> bool:
    """Whether a point lies in a polygon or one of several, by counting the edges to the east of
    it; True where there is no polygon to tell, since the service has chosen the feature."""
    rings = list(_rings(geometry))
    edges = (edge for ring in rings for edge in pairwise(ring))
    crossed = sum(_crosses(start, end, where) for start, end in edges)
    return not rings or crossed % 2 == 1


def _crosses(start: tuple[float, float], end: tuple[float, float], where: Coordinates) -> bool:
    (x1, y1), (x2, y2) = start, end
    if (y1 > where.latitude) == (y2 > where.latitude):
        return False
    return where.longitude < x1 + (where.latitude - y1) / (y2 - y1) * (x2 - x1)


def _rings(geometry: object) -> Iterator[Ring]:
    """The closed rings of a GeoJSON polygon or multipolygon, holes included (RFC 7946)."""
    shape = geometry if isinstance(geometry, dict) else {}
    several = shape.get("type") == "MultiPolygon"
    for polygon in _items(shape.get("coordinates")) if several else [shape.get("coordinates")]:
        for ring in _items(polygon):
            corners = [corner for point in _items(ring) if (corner := _corner(point))]
            if len(corners) > 3:
                yield corners


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _corner(point: object) -> tuple[float, float] | None:
    if not isinstance(point, list) or len(point) < 2:
        return None
    longitude, latitude = ranges.LONGITUDE.number(point[0]), ranges.LATITUDE.number(point[1])
    return None if longitude is None or latitude is None else (longitude, latitude)
