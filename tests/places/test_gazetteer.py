from __future__ import annotations

import pytest

from simulator import Upstreams
from tests.conftest import Clock
from tests.places.locating import locate, make_locator
from weather.atlas import Atlas
from weather.core.models import Coordinates, LocatedBy
from weather.places.gazetteer import name_point, nearest_zone
from weather.places.query import CoordinatesQuery

NEAR_ZURICH = Coordinates(47.37, 8.55)
SOUTH_PACIFIC = Coordinates(-48.9, -123.4)


def test_a_point_near_a_city_has_its_name_and_time_zone() -> None:
    place = name_point(Atlas(), NEAR_ZURICH)
    assert (place.coordinates, place.timezone) == (NEAR_ZURICH, "Europe/Zurich")
    assert place.label.startswith("near ")
    assert (place.elevation, place.population) == (None, None), "those of the city"


def test_a_point_far_from_any_city_has_no_name() -> None:
    assert name_point(Atlas(), SOUTH_PACIFIC).name is None


@pytest.mark.parametrize(("point", "zone"), [(NEAR_ZURICH, "Europe/Zurich"), (SOUTH_PACIFIC, None)])
def test_the_time_zone_of_the_nearest_city(point: Coordinates, zone: str | None) -> None:
    assert nearest_zone(Atlas(), point) == zone


def test_coordinates_are_located_without_a_call(upstreams: Upstreams, clock: Clock) -> None:
    for gazetteer in (Atlas(), None):
        locator = make_locator(upstreams, clock, gazetteer=gazetteer)
        located = locate(locator, CoordinatesQuery(NEAR_ZURICH))
        assert (located.place.coordinates, located.method) == (NEAR_ZURICH, LocatedBy.COORDINATES)
        assert (located.place.distance is not None) == (gazetteer is not None)
    assert upstreams.calls() == []
