"""The search for places."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.clients import (
    get,
)


def test_places_of_a_name(client: FlaskClient) -> None:
    content = get(client, "/api/v1/places?q=Paris").get_json()
    assert content["places"][0]["country_code"] == "FR"
    assert content["attribution"][0]["url"] == "https://www.geonames.org/"
    assert get(client, "/api/v1/places?q=Xyzzy").get_json()["places"] == []
    assert get(client, "/api/v1/places").status_code == 400
