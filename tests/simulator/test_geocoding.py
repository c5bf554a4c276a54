"""The simulated geocoding, with Open-Meteo's rules."""

import pytest

from simulator.gazetteer import city
from simulator.server import Upstreams
from tests.simulator.client import get, search


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
def test_search_returns_the_best_match_first(
    upstreams: Upstreams, query: str, name: str, country: str
) -> None:
    # Two letters are a whole name: a prefix has three at least.
    expected = "東京" if "ja" in query else name
    first = search(upstreams, query)[0]
    assert (first["name"], first["country_code"]) == (expected, country)


@pytest.mark.parametrize("name", ["", "P", "Pa", "Nowhere at all", "東", "London, Mars", "%00"])
def test_search_omits_results_without_a_match(upstreams: Upstreams, name: str) -> None:
    answer = get(upstreams, "geocoding", "/v1/search", params={"name": name})
    assert list(answer.json()) == ["generationtime_ms"]


def test_search_limits_orders_and_translates(upstreams: Upstreams) -> None:
    results = search(upstreams, "name=San&count=4&language=de")
    populations = [city.get("population", 0) for city in results]
    assert len(results) == 4
    assert populations == sorted(populations, reverse=True)
    assert search(upstreams, "name=Munich&language=de")[0]["country"] == "Deutschland"


@pytest.mark.parametrize("count", ["0", "101"])
def test_search_refuses_a_count_out_of_range(upstreams: Upstreams, count: str) -> None:
    answer = get(upstreams, "geocoding", f"/v1/search?name=Paris&count={count}")
    assert answer.status_code == 400
    assert answer.json()["reason"] == "Parameter count must be between 1 and 100."


def test_empty_fields_are_omitted(upstreams: Upstreams) -> None:
    (island,) = search(upstreams, "name=Null Island")
    assert set(island) == {"id", "name", "feature_code", "timezone"}


def test_get_returns_one_entry_by_id(upstreams: Upstreams) -> None:
    identifier = search(upstreams, "name=Vienna")[0]["id"]
    assert (
        get(upstreams, "geocoding", f"/v1/get?id={identifier}&language=de").json()["name"] == "Wien"
    )
    answer = get(upstreams, "geocoding", "/v1/get?id=1")
    assert (answer.status_code, answer.json()["reason"]) == (400, "Location ID not found.")


def test_countries_are_places_without_a_height(upstreams: Upstreams) -> None:
    france = search(upstreams, "name=France&language=de")[0]
    assert (france["name"], france["feature_code"], france["elevation"]) == (
        "Frankreich",
        "PCLI",
        9999.0,
    )


def test_a_place_has_a_second_level_region_where_it_is_known(upstreams: Upstreams) -> None:
    chicago, *_ = search(upstreams, "name=Chicago")
    assert (chicago["admin2"], chicago["admin2_id"]) == ("Cook", 4888671)
    assert "admin2" not in search(upstreams, "name=Zermatt")[0]


def test_towns_are_not_the_nearest_cities_of_points(upstreams: Upstreams) -> None:
    """So that what is simulated at a point does not depend on them."""
    assert search(upstreams, "name=St. Louis")[0]["admin1"] == "Missouri"
    with pytest.raises(KeyError):
        city("St. Louis")
