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
