from __future__ import annotations

import math

import pytest

from weather.core.errors import InvalidLocation
from weather.core.models import Coordinates, Place

POINT = Coordinates(33.66094, -95.55551)


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (Place(POINT, "Paris", "Texas", "United States", "US"), "Paris, Texas, US"),
        (Place(POINT, "Paris", None, "France", "FR"), "Paris, FR"),
        (Place(POINT, "Luxembourg", "Luxembourg", country_code="LU"), "Luxembourg, LU"),
        (Place(POINT, "Paris"), "Paris"),
        (Place(POINT, "Paris", "Texas", country_code="US", distance=4.2), "near Paris, Texas, US"),
        (Place(POINT, "Paris", distance=0.0), "near Paris"),
        (Place(POINT, None, "Texas", country_code="US"), "33.6609,-95.5555"),
        (Place(POINT, "", distance=4.2), "33.6609,-95.5555"),
    ],
)
def test_a_label_distinguishes_a_place_from_its_namesakes(place: Place, label: str) -> None:
    assert place.label == label


def test_a_full_name_has_no_distance() -> None:
    assert Place(POINT, "Paris", "Texas", country_code="US", distance=4.2).full_name == (
        "Paris, Texas, US"
    )


def test_a_cell_has_two_decimals() -> None:
    assert POINT.rounded() == Coordinates(33.66, -95.56)
    assert POINT.rounded(1) == Coordinates(33.7, -95.6)
    assert POINT.rounded() == Coordinates(33.6649, -95.5551).rounded()


@pytest.mark.parametrize(
    "point", [Coordinates(-0.0, -0.0), Coordinates(-0.00001, -0.00004).rounded()]
)
def test_a_zero_has_no_sign(point: Coordinates) -> None:
    assert math.copysign(1, point.latitude) == math.copysign(1, point.longitude) == 1
    assert repr(point) == "Coordinates(latitude=0.0, longitude=0.0)"


def test_a_text_of_coordinates_has_four_decimals_and_no_negative_zero() -> None:
    assert str(Coordinates(-0.00004, 10)) == "0.0000,10.0000"
    assert str(Coordinates(-33.86786, 151.20732)) == "-33.8679,151.2073"


@pytest.mark.parametrize("latitude", [90.001, -91, math.inf, math.nan])
def test_a_latitude_outside_the_globe_is_refused(latitude: float) -> None:
    with pytest.raises(InvalidLocation, match="latitude must lie between -90 and 90"):
        Coordinates(latitude, 0)


@pytest.mark.parametrize("longitude", [180.001, -181, -math.inf, math.nan])
def test_a_longitude_outside_the_globe_is_refused(longitude: float) -> None:
    with pytest.raises(InvalidLocation, match="longitude must lie between -180 and 180"):
        Coordinates(0, longitude)


def test_the_poles_and_the_date_line_are_on_the_globe() -> None:
    assert str(Coordinates(90, 180)) == "90.0000,180.0000"
    assert str(Coordinates(-90, -180)) == "-90.0000,-180.0000"
