"""Several places in one response of the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.web.clients import FROM_AMERICA, FROM_LONDON, get
from tests.web.test_allowances import PROVIDER

BATCH = "/api/v1/batch"


def results(client: FlaskClient, query: str, **options: Any) -> list[dict[str, Any]]:
    response = get(client, f"{BATCH}?{query}", **options)
    assert response.status_code == 200, response.text
    assert response.content_type == "application/json"
    content: list[dict[str, Any]] = response.get_json()["places"]
    return content


def test_each_place_has_its_weather_or_its_problem_in_their_order(client: FlaskClient) -> None:
    content = results(
        client, "q=Oslo&q=Xyzzyville&q=91,0&q=Paris&q=Oslo&q=&q=48.1,8.1&units=metric"
    )
    assert [(item["query"], item["status"]) for item in content] == [
        *(("Oslo", 200), ("Xyzzyville", 404), ("91,0", 400), ("Paris", 200), ("Oslo", 200)),
        *(("", 400), ("48.1,8.1", 200)),
    ]
    assert content[0] == content[4]
    assert [item["problem"] and item["problem"]["type"] for item in content[:4]] == [
        *(None, "/problems/unknown-location", "/problems/invalid-location", None),
    ]
    for item in content:
        assert (item["weather"] is None) == (item["problem"] is not None)
    single = get(client, "/api/v1/weather?q=Paris&units=metric").get_json()
    assert content[3]["weather"] == single


@pytest.mark.parametrize("name", ["", "~", "MyLocation", "10.0.0.1", "@localhost"])
def test_no_result_is_of_the_place_of_the_visitor_or_the_server(
    client: FlaskClient, name: str
) -> None:
    (item,) = results(client, f"q={name}", environ_overrides=FROM_LONDON)
    assert item["status"] in {400, 404}
    assert item["weather"] is None


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "q"),
        ("units=metric", "q"),
        ("&".join(f"q={n},8" for n in range(11)), "q"),
        ("q=Paris&lat=48&lon=2", "lat"),
        ("q=Paris&days=2&days=3", "days"),
        ("q=Paris&hours=999", "hours"),
        ("q=Paris&city=Oslo", "city"),
    ],
)
def test_a_batch_without_places_or_with_too_many_is_refused(
    client: FlaskClient, upstreams: Upstreams, query: str, name: str
) -> None:
    response = get(client, f"{BATCH}?{query}")
    assert response.status_code == 400
    assert response.get_json()["parameter"] == name
    assert upstreams.calls() == []


def test_as_many_places_as_are_allowed(client: FlaskClient) -> None:
    query = "&".join(f"q={n},8" for n in range(10))
    assert [item["status"] for item in results(client, f"{query}&fields=place")] == [200] * 10


def test_a_batch_has_the_chosen_fields_hours_and_days(client: FlaskClient) -> None:
    query = "q=Paris&q=Oslo&fields=place.name,hourly.temperature,daily&hours=3&days=2"
    for item, name in zip(results(client, query), ("Paris", "Oslo"), strict=True):
        assert item["weather"].keys() == {"place", "hourly", "daily"}
        assert item["weather"]["place"] == {"name": name}
        assert [hour.keys() for hour in item["weather"]["hourly"]] == [{"temperature"}] * 3
        assert len(item["weather"]["daily"]) == 2


def test_units_are_those_of_the_country_of_the_visitor(client: FlaskClient) -> None:
    path = f"{BATCH}?q=Paris&fields=units.temperature"
    for visitor, unit in ((FROM_AMERICA, "°F"), (FROM_LONDON, "°C"), (FROM_AMERICA, "°F")):
        response = get(client, path, environ_overrides=visitor)
        (item,) = response.get_json()["places"]
        assert item["weather"]["units"]["temperature"] == unit
        assert "private" in response.headers["Cache-Control"]
    script = get(
        client,
        path,
        headers={"Origin": "https://other.example"},
        environ_overrides=FROM_AMERICA,
    )
    assert script.get_json()["places"][0]["weather"]["units"]["temperature"] == "°C"
    assert "Origin" in script.headers["Vary"]
    assert script.headers["Access-Control-Allow-Origin"] == "*"


def test_a_batch_with_units_is_for_all_and_is_validated(client: FlaskClient) -> None:
    path = f"{BATCH}?q=Paris&units=metric"
    first = get(client, path)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = get(client, path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_an_outage_is_the_problem_of_each_place_and_is_not_stored(
    client: FlaskClient, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.down())
    response = get(client, f"{BATCH}?q=48.1,8.1&q=48.2,8.2&strict=1")
    assert response.headers["Cache-Control"] == "no-store"
    for item in response.get_json()["places"]:
        assert item["status"] == 503
        assert item["problem"]["retry_after"] > 0
    fallbacks = get(client, f"{BATCH}?q=48.1,8.1")
    assert fallbacks.headers["Cache-Control"] == "no-store"
    (item,) = fallbacks.get_json()["places"]
    assert item["weather"]["provenance"]["provider"] == "climate-normals"


@pytest.mark.parametrize(
    ("query", "requests"),
    [("q=48.1,8.1&q=48.2,8.1&q=48.1,8.1", 3), ("q=48.1,8.1", 1), ("x=1", 1), ("q=1&" * 90, 10)],
)
def test_a_batch_counts_as_its_places(
    make_app: Callable[..., Flask], query: str, requests: int
) -> None:
    client = make_app(rate_limit=50).test_client()
    response = get(client, f"{BATCH}?{query}", environ_overrides=FROM_LONDON)
    assert f"r={50 - requests};" in response.headers["RateLimit"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/batch?q=48.1,8&q=48.2,8&q=48.3,8",
        "/compare?q=48.1,8&q=48.2,8&q=48.3,8&format=json",
        "/48.1,8:48.2,8:48.3,8?view=table&format=json",
    ],
)
def test_a_request_that_no_minute_has_room_for_is_refused_as_such(
    make_app: Callable[..., Flask], path: str
) -> None:
    client = make_app(rate_limit=2).test_client()
    response = get(client, path, environ_overrides=FROM_LONDON)
    problem = response.get_json()
    assert (response.status_code, problem["type"]) == (400, "/problems/invalid-parameter")
    assert problem["parameter"] == "q"
    assert "2 places at most" in problem["detail"]
    assert "r=1;" in response.headers["RateLimit"], "it counts as one"
    fewer = get(client, f"{BATCH}?q=48.1,8.1", environ_overrides=FROM_LONDON)
    assert fewer.status_code == 200


def test_a_batch_of_the_whole_rate_limit_is_served(make_app: Callable[..., Flask]) -> None:
    client = make_app(rate_limit=2).test_client()
    path = f"{BATCH}?q=48.1,8.1&q=48.2,8.1"
    assert get(client, path, environ_overrides=FROM_LONDON).status_code == 200
    assert get(client, path, environ_overrides=FROM_LONDON).status_code == 429


def test_a_batch_spends_the_allowance_of_its_places(make_app: Callable[..., Flask]) -> None:
    client = make_app(**PROVIDER).test_client()
    problems = []
    for number in range(12):
        query = "&".join(f"q={number}.5,{place}.5" for place in range(10))
        content = results(client, f"{query}&strict=1", environ_overrides=FROM_LONDON)
        problems += [item["problem"] for item in content if item["status"] == 429]
    assert {problem["type"] for problem in problems} == {"/problems/allowance-spent"}
    assert all(problem["retry_after"] > 0 for problem in problems)
    (item,) = results(client, "q=-40.5,150.5&strict=1", environ_overrides=FROM_AMERICA)
    assert item["status"] == 200


def test_the_problem_of_a_place_is_below_the_prefix(make_app: Callable[..., Flask]) -> None:
    client = make_app(public_url="https://host.example/weather").test_client()
    content = json.loads(get(client, f"/weather{BATCH}?q=91,0").text)
    assert content["places"][0]["problem"]["type"] == "/weather/problems/invalid-location"
