"""Points in the polygons of GeoJSON (RFC 7946, sections 3.1.6, 3.1.7 and 3.2)."""

from __future__ import annotations

import pytest

from weather.core.models import Coordinates
from weather.providers.geojson import covers

Corners = list[list[float]]

# An L of three unit squares: its bounding box has a corner that is outside of it.
L_SHAPE: Corners = [[0, 0], [2, 0], [2, 1], [1, 1], [1, 2], [0, 2], [0, 0]]
SQUARE: Corners = [[10, 10], [20, 10], [20, 20], [10, 20], [10, 10]]
HOLE: Corners = [[14, 14], [14, 16], [16, 16], [16, 14], [14, 14]]
TRIANGLE: Corners = [[-60, -10], [-50, -10], [-60, 0], [-60, -10]]
INSIDE, OUTSIDE = Coordinates(12, 12), Coordinates(12, 25)


def polygon(*rings: Corners) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def multipolygon(*polygons: list[Corners]) -> dict[str, object]:
    return {"type": "MultiPolygon", "coordinates": list(polygons)}


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"),
    [
        (0.5, 0.5, True),
        (0.5, 1.5, True),
        (1.5, 0.5, True),
        (1.5, 1.5, False),
        (0.5, -0.5, False),
        (0.5, 2.5, False),
        (2.5, 0.5, False),
        (-0.5, 0.5, False),
    ],
)
def test_a_polygon_that_is_not_convex(latitude: float, longitude: float, inside: bool) -> None:
    assert covers(polygon(L_SHAPE), Coordinates(latitude, longitude)) is inside
    backwards = polygon(L_SHAPE[::-1])
    assert covers(backwards, Coordinates(latitude, longitude)) is inside, "in either direction"


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"),
    [(-8, -58, True), (-2, -59, True), (-2, -52, False), (-8, -52.5, True), (-8, -61, False)],
)
def test_an_edge_at_a_slant_in_the_southern_and_western_hemispheres(
    latitude: float, longitude: float, inside: bool
) -> None:
    assert covers(polygon(TRIANGLE), Coordinates(latitude, longitude)) is inside


def test_coordinates_are_longitude_and_then_latitude() -> None:
    wide = polygon([[100, 1], [120, 1], [120, 2], [100, 2], [100, 1]])
    assert covers(wide, Coordinates(1.5, 110))


def test_an_altitude_of_a_corner_is_ignored() -> None:
    high = polygon([[*corner, 4000] for corner in SQUARE])
    assert covers(high, INSIDE)
    assert not covers(high, OUTSIDE)


def test_a_hole_is_outside_and_what_surrounds_it_inside() -> None:
    holed = polygon(SQUARE, HOLE)
    assert not covers(holed, Coordinates(15, 15))
    assert covers(holed, Coordinates(15, 12)), "west of the hole"
    assert covers(holed, Coordinates(15, 18)), "east of the hole"
    assert not covers(holed, Coordinates(15, 5)), "west of both"


def test_a_multipolygon_covers_what_one_of_its_polygons_covers() -> None:
    both = multipolygon([SQUARE, HOLE], [L_SHAPE])
    assert covers(both, INSIDE)
    assert covers(both, Coordinates(0.5, 0.5))
    assert not covers(both, Coordinates(15, 15)), "the hole of the first"
    assert not covers(both, Coordinates(5, 5)), "between them"


def test_the_polygons_of_a_multipolygon_may_lie_side_by_side() -> None:
    east = [[corner[0] + 20, corner[1]] for corner in SQUARE]
    both = multipolygon([SQUARE], [east])
    assert covers(both, Coordinates(15, 15))
    assert not covers(both, Coordinates(15, 25))
    assert covers(both, Coordinates(15, 35))


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        "Polygon",
        [],
        {},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[10, 10], [20, 10], [10, 10]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], [None, 1], [True, True], [1]]]},
        {"type": "Polygon", "coordinates": [[[181, 0], [190, 0], [190, 10], [181, 0]]]},
        {"type": "MultiPolygon", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": {"0": SQUARE}},
        {"type": "Point", "coordinates": [25, 12]},
        {"type": "LineString", "coordinates": SQUARE},
        {"type": "GeometryCollection", "geometries": [polygon(SQUARE)]},
    ],
)
def test_a_geometry_without_a_polygon_excludes_no_point(geometry: object) -> None:
    assert covers(geometry, INSIDE)
    assert covers(geometry, OUTSIDE)


@pytest.mark.parametrize("corner", [["x", 10], [15], "15,10", [float("nan"), 10], [15, 1e308]])
def test_an_unreadable_corner_is_left_out_of_its_ring(corner: object) -> None:
    ring = [SQUARE[0], corner, *SQUARE[1:]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    assert covers(geometry, INSIDE)
    assert not covers(geometry, OUTSIDE)
