"""Geocoding over our own gazetteer, with the service's rules."""

import pytest

from simulator.server import Upstreams
from tests.simulator.asking import get, search


@pytest.mark.parametrize(
    ("query", "name", "country"),
    [
        ("name=Paris", "Paris", "FR"),
        ("name=paris, tx", "Paris", "US"),
        ("name=Paris, Ontario", "Paris", "CA"),
        ("name=London&countryCode=CA", "London", "CA"),
        ("name=Los Angeles, CA", "Los Angeles", "US"),
        ("name=los angeles, chile", "Los Ángeles", "CL"),
        ("name=ZURICH", "Zurich", "CH"),
        ("name=zür&language=de", "Zürich", "CH"),
        ("name=Москва&language=ru", "Москва", "RU"),
        ("name=東京&language=ja", "Tokyo", "JP"),
        ("name=القاهرة", "Cairo", "EG"),
        ("name=MUC", "Munich Airport", "DE"),
        ("name=90210", "Beverly Hills", "US"),
        ("name=02135", "Brighton", "US"),
        ("name=94107", "San Francisco", "US"),
        ("name=tromso", "Tromsø", "NO"),
        ("name=Bo", "Bo", "SL"),
    ],
)
def test_search_finds(upstreams: Upstreams, query: str, name: str, country: str) -> None:
    # two letters of Japanese are a whole name, as a prefix needs three
    expected = "東京" if "ja" in query else name
    first = search(upstreams, query)[0]
    assert (first["name"], first["country_code"]) == (expected, country)


@pytest.mark.parametrize("name", ["", "P", "Pa", "Nowhere at all", "東", "London, Mars", "%00"])
def test_search_leaves_results_out_when_there_are_none(upstreams: Upstreams, name: str) -> None:
    answer = get(upstreams, "geocoding", "/v1/search", params={"name": name})
    assert list(answer.json()) == ["generationtime_ms"]


def test_search_counts_orders_and_translates(upstreams: Upstreams) -> None:
    found = search(upstreams, "name=San&count=4&language=de")
    people = [city.get("population", 0) for city in found]
    assert len(found) == 4
    assert people == sorted(people, reverse=True)
    assert search(upstreams, "name=Munich&language=de")[0]["country"] == "Deutschland"


@pytest.mark.parametrize("count", ["0", "101"])
def test_search_refuses_counts(upstreams: Upstreams, count: str) -> None:
    answer = get(upstreams, "geocoding", f"/v1/search?name=Paris&count={count}")
    assert answer.status_code == 400
    assert answer.json()["reason"] == "Parameter count must be between 1 and 100."


def test_empty_fields_are_left_out(upstreams: Upstreams) -> None:
    (island,) = search(upstreams, "name=Null Island")
    assert set(island) == {"id", "name", "feature_code", "timezone"}


def test_get_by_id(upstreams: Upstreams) -> None:
    wanted = search(upstreams, "name=Vienna")[0]["id"]
    assert get(upstreams, "geocoding", f"/v1/get?id={wanted}&language=de").json()["name"] == "Wien"
    answer = get(upstreams, "geocoding", "/v1/get?id=1")
    assert (answer.status_code, answer.json()["reason"]) == (400, "Location ID not found.")
