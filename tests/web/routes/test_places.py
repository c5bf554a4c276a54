"""The search for places."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.web.clients import (
    get,
)


def test_places_of_a_name(client: FlaskClient) -> None:
    content = get(client, "/api/v1/places?q=Paris").get_json()
    assert content["places"][0]["country_code"] == "FR"
    assert content["attribution"][0]["url"] == "https://www.geonames.org/"
    assert get(client, "/api/v1/places?q=Xyzzy").get_json()["places"] == []
    assert get(client, "/api/v1/places").status_code == 400


@pytest.mark.parametrize(
    ("path", "outage", "max_age"),
    [
        ("/api/v1/places?q=Paris", False, 86400),
        ("/api/v1/places?q=Xyzzy", False, 60),
        ("/api/v1/places?q=Paris", True, 60),
    ],
)
def test_only_a_complete_result_is_cacheable_for_a_day(
    client: FlaskClient, upstreams: Upstreams, path: str, outage: bool, max_age: int
) -> None:
    if outage:
        upstreams.fail("*", faults.down())
    response = get(client, path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == f"public, max-age={max_age}"


def test_a_search_has_at_most_as_many_places_as_the_limit(client: FlaskClient) -> None:
    whole = get(client, "/api/v1/places?q=Paris").get_json()["places"]
    assert len(whole) > 1
    limited = get(client, "/api/v1/places?q=Paris&limit=1").get_json()["places"]
    assert limited == whole[:1]
    assert get(client, "/api/v1/places?q=Paris&limit=20").get_json()["places"] == whole


@pytest.mark.parametrize("limit", ["0", "21", "-1", "x", "1.5"])
def test_an_impossible_limit_is_an_error(client: FlaskClient, limit: str) -> None:
    response = get(client, f"/api/v1/places?q=Paris&limit={limit}")
    assert response.status_code == 400
    assert response.get_json()["parameter"] == "limit"


def test_a_search_is_validated(client: FlaskClient) -> None:
    first = get(client, "/api/v1/places?q=Paris")
    headers = {"If-None-Match": first.headers["ETag"]}
    assert get(client, "/api/v1/places?q=Paris", headers=headers).status_code == 304
    assert get(client, "/api/v1/places?q=Oslo", headers=headers).status_code == 200


def test_the_longest_name_can_be_searched_for(client: FlaskClient) -> None:
    assert get(client, f"/api/v1/places?q={'x' * 100}").status_code == 200
    assert get(client, f"/api/v1/places?q={'x' * 101}").status_code == 400
    assert get(client, f"/~{'x' * 100}").status_code == 404
