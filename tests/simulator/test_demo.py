"""`make demo` knows the towns of the atlas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest
from flask import Flask

from simulator import Upstreams, demo
from simulator.world import World
from tests.conftest import Clock
from weather.atlas import cities


@pytest.fixture
def upstreams(clock: Clock) -> Iterator[Upstreams]:
    with Upstreams(World(towns=demo.towns)) as server:
        server.now = clock
        yield server


def test_any_town_of_the_atlas_is_found(make_app: Callable[..., Flask]) -> None:
    client = make_app().test_client()
    table = cities.load()
    chosen = Random(7).sample(range(len(table.latitudes)), 12)
    for place in [table.place(city) for city in chosen]:
        query = f"{place.name}, {place.country_code}"
        body = client.get("/api/v1/weather", query_string={"q": query, "lang": "en"}).get_json()
        assert body["place"]["country_code"] == place.country_code, query
        assert body["current"]["temperature"] is not None


def test_towns_that_the_simulator_knows_itself_are_not_listed_twice(
    upstreams: Upstreams, make_app: Callable[..., Flask]
) -> None:
    places = make_app().test_client().get("/api/v1/places?q=Bergen").get_json()["places"]
    norwegian = [place for place in places if place["country_code"] == "NO"]
    assert len(norwegian) == 1


def test_a_name_that_no_town_has_is_unknown(make_app: Callable[..., Flask]) -> None:
    assert make_app().test_client().get("/Xqzwv?format=json").status_code == 404
