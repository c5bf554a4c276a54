"""Coordinates → city, and names → cities."""

from __future__ import annotations

import math
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.atlas import cities, names
from weather.atlas.folding import fold
from weather.core.models import Coordinates

points = st.builds(
    Coordinates,
    st.floats(-90, 90, allow_nan=False).map(lambda x: round(x, 4)),
    st.floats(-180, 180, allow_nan=False).map(lambda x: round(x, 4)),
)


@pytest.mark.parametrize(
    ("latitude", "longitude", "name", "country"),
    [
        (51.5136, -0.1365, "London", "GB"),  # Soho
        (48.8584, 2.2945, "Paris", "FR"),  # the Eiffel tower
        (40.7484, -73.9857, "New York City", "US"),
        (35.6595, 139.7005, "Tokyo", "JP"),  # Shibuya
        (-33.8568, 151.2153, "Sydney", "AU"),
        (47.3769, 8.5417, "Zürich", "CH"),
    ],
)
def test_the_nearest_city_of_a_known_point(
    latitude: float, longitude: float, name: str, country: str
) -> None:
    place, distance = cities.nearest(Coordinates(latitude, longitude))
    assert (place.name, place.country_code) == (name, country)
    assert distance < 10


@given(points)
@settings(max_examples=60, deadline=None)  # it measures the way to every city
def test_no_city_is_nearer_than_the_nearest(where: Coordinates) -> None:
    table = cities.load()
    _, distance = table.nearest(where)
    others = (
        cities.kilometres(where, latitude / 100, longitude / 100)
        for latitude, longitude in zip(table.latitudes, table.longitudes, strict=True)
    )
    assert math.isclose(min(others), distance, abs_tol=1e-6)


def test_the_nearest_city_may_lie_across_the_date_line() -> None:
    _, west = cities.nearest(Coordinates(-17.0, 179.99))
    _, east = cities.nearest(Coordinates(-17.0, -179.99))
    assert abs(west - east) < 5


def test_known_distances() -> None:
    quarter = math.pi / 2 * cities.EARTH_RADIUS
    assert math.isclose(cities.kilometres(Coordinates(0, 0), 0, 90), quarter)
    assert math.isclose(cities.kilometres(Coordinates(90, 17), -90, 5), 2 * quarter)


def test_every_city_is_a_place_with_a_name_a_country_and_a_time_zone() -> None:
    table = cities.load()
    assert len(table.latitudes) > 16_000
    places = [table.place(city) for city in range(len(table.latitudes))]
    assert all(place.name and place.country and place.timezone for place in places)
    assert {place.timezone for place in places} <= zoneinfo.available_timezones()
    assert sum(place.region is not None for place in places) > 0.9 * len(places)


@pytest.mark.parametrize(
    ("text", "within", "label"),
    [
        ("München", (), "Munich, Bavaria, DE"),
        ("Munich", (), "Munich, Bavaria, DE"),
        ("Muenchen", (), "Munich, Bavaria, DE"),
        ("  mÜNchen ", (), "Munich, Bavaria, DE"),
        ("Москва", (), "Moscow, RU"),
        ("東京", (), "Tokyo, JP"),
        ("서울", (), "Seoul, KR"),
        ("القاهرة", (), "Cairo, EG"),
        ("São Paulo", (), "São Paulo, Sao Paulo, BR"),
        ("sao paulo", (), "São Paulo, Sao Paulo, BR"),
        ("Paris", (), "Paris, Ile-de-France, FR"),
        ("Paris", ("FR",), "Paris, Ile-de-France, FR"),
        ("Paris", ("US",), "Paris, Texas, US"),
        ("Paris", ("TX",), "Paris, Texas, US"),
        ("Paris", ("Texas", "united states"), "Paris, Texas, US"),
        ("Genf", (), "Geneva, Geneva, CH"),
        ("Saint-Étienne", (), "Saint-Étienne, Rhone-Alpes, FR"),
        ("st. petersburg", ("US",), "St. Petersburg, Florida, US"),
    ],
)
def test_a_search_finds_the_city_first(text: str, within: tuple[str, ...], label: str) -> None:
    found = names.search(text, within)
    assert found
    first = found[0]
    region, country = label.split(", ")[1:-1], label.rsplit(", ", 1)[1]
    assert (first.name, first.country_code) == (label.split(", ", maxsplit=1)[0], country)
    assert not region or first.region == region[0]


@pytest.mark.parametrize("text", ["Lond", "Berli", "Are", "Åre", "Franc"])
def test_a_beginning_finds_nothing(text: str) -> None:
    """Åre was Arecibo in Puerto Rico, whose airport is ARE."""
    assert names.search(text) == ()


def test_of_several_cities_the_best_known_is_the_first() -> None:
    found = names.search("Springfield")
    assert {place.name for place in found} == {"Springfield"}
    populations = [place.population or 0 for place in found]
    assert populations == sorted(populations, reverse=True)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Victoria", "Victoria", "CA"),  # Hong Kong is called so, too
        ("Calcutta", "Kolkata", "IN"),  # a town in South Africa has this name
        ("Cologne", "Köln", "DE"),
        ("York", "York", "GB"),
        ("Granada", "Granada", "ES"),  # Grenada's name in Spanish
        ("Salvador", "Salvador", "BR"),
    ],
)
def test_an_own_name_weighs_more_than_an_alternative_one(
    text: str, name: str, country: str
) -> None:
    first = names.search(text)[0]
    assert (first.name, first.country_code) == (name, country)


@pytest.mark.parametrize("text", ["France", "Lebanon", "Mexico", "Georgia", "Deutschland", "Peru"])
def test_a_country_is_no_city(text: str) -> None:
    assert names.search(text) == ()


@pytest.mark.parametrize(
    ("text", "code"), [("Singapore", "SG"), ("Luxembourg", "LU"), ("Monaco", "MC"), ("Macau", "MO")]
)
def test_a_city_with_the_name_of_its_country_is_found(text: str, code: str) -> None:
    assert names.search(text)[0].country_code == code


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "-", "Qwrtzpfgh", "\ud800", "a" * 9999])
def test_an_unknown_name_finds_nothing(text: str) -> None:
    assert names.search(text) == ()


@pytest.mark.parametrize(("text", "name"), [("Bo", "Bo"), ("東京", "Tokyo")])
def test_a_short_name_has_to_be_whole(text: str, name: str) -> None:
    assert name in {place.name for place in names.search(text)}


def test_a_city_is_not_found_in_another_country() -> None:
    assert names.search("Tokyo", ("FR",)) == ()


@given(st.text(max_size=20))
@settings(deadline=None)
def test_any_text_can_be_searched_for(text: str) -> None:
    assert len(names.search(text)) <= names.LIMIT


@given(st.text(max_size=20))
def test_folding_is_idempotent_and_blind_to_case(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert "\n" not in once


def test_every_city_is_found_by_its_own_name() -> None:
    table = cities.load()
    for city in range(0, len(table.latitudes), 400):
        place = table.place(city)
        found = names.search(place.name or "", (place.country_code or "",), limit=99)
        assert place in found, place
