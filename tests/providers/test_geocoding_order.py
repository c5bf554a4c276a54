"""Which of several places of a name comes first; GeoNames' feature code PCLI is a country's."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Upstreams
from weather.core.deadline import Deadline
from weather.core.models import Coordinates, Place
from weather.providers.geocoding_order import Candidate, ordered
from weather.providers.open_meteo_geocoding import OpenMeteoGeocoder
from weather.upstream.client import Upstream


@pytest.fixture
def geocoder(upstreams: Upstreams) -> OpenMeteoGeocoder:
    return OpenMeteoGeocoder(Upstream("tests"), upstreams.url("geocoding"))


def found(name: str, country: str, **entry: Any) -> Candidate:
    return entry, Place(Coordinates(1, 2), name, country_code=country)


def names(places: tuple[Place, ...]) -> list[str]:
    return [f"{place.name} {place.country_code}" for place in places]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Luxembourg", 49.60982),  # the town and not the point of the country
        ("Singapore", 1.28967),
        ("Georgia", 42.0),  # the country, which has no such town
        ("Mexico", 23.0),
    ],
)
def test_a_country_comes_after_its_town_of_the_same_name(
    geocoder: OpenMeteoGeocoder, name: str, first: float
) -> None:
    places = geocoder.search(name, (), "en", Deadline(5))
    assert places[0].coordinates.latitude == first


def test_a_country_has_no_height(geocoder: OpenMeteoGeocoder) -> None:
    """Open-Meteo sends 9999 where its elevation model has no value."""
    (france, *_) = geocoder.search("France", (), "en", Deadline(5))
    assert (france.name, france.elevation) == ("France", None)


def test_the_server_ignores_accents_and_we_do_not() -> None:
    results = [found("Arecibo", "PR"), found("Åre", "SE"), found("Are", "EE")]
    assert names(ordered(results, "Åre", ()))[0] == "Åre SE"
    assert names(ordered(results, "are", ()))[0] == "Arecibo PR"


def test_a_name_in_another_language_remains_first() -> None:
    results = [found("Munich", "DE"), found("München", "AT")]
    assert names(ordered(results, "München", ())) == ["Munich DE", "München AT"]


def test_a_postcode_chooses_and_the_order_of_the_others_remains() -> None:
    results = [
        found("Springfield", "US", postcodes=["65802"]),
        found("Springfield", "NZ"),
        found("Springfield", "CA", postcodes=["01103", 7]),
        found("Springfield", "AU", postcodes="01103"),
    ]
    assert names(ordered(results, "Springfield", ("01103-1234",))) == [
        "Springfield CA", "Springfield US", "Springfield NZ", "Springfield AU",
    ]  # fmt: skip


def test_a_second_level_region_is_an_area(geocoder: OpenMeteoGeocoder) -> None:
    for county in ("Cook", "Cook County"):
        (chicago,) = geocoder.search("Chicago", (county, "IL"), "en", Deadline(5))
        assert chicago.region == "Illinois"
    assert geocoder.search("Chicago", ("Nassau",), "en", Deadline(5)) == ()
