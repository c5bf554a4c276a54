"""While the search for places is down, a wrong place is worse than none.

Rules: whole names and whole alternative names of the place itself are found (GeoNames), a country
is no town, and what cannot be searched for is an outage (503 with Retry-After, RFC 9110 15.6.4),
not a place that does not exist (404).
"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.web.clients import BROWSER, CURL, PROGRAM

OUTAGE = "The search for places cannot be reached"


@pytest.fixture
def offline(client: FlaskClient, upstreams: Upstreams) -> FlaskClient:
    """Only the geocoder is down."""
    upstreams.fail("geocoding", faults.overloaded())
    return client


@pytest.mark.parametrize(
    ("name", "found", "country"),
    [
        ("London", "London", "GB"),
        ("Victoria", "Victoria", "CA"),  # was Hong Kong
        ("Köln", "Köln", "DE"),
        ("Cologne", "Köln", "DE"),
        ("Paris,Texas", "Paris", "US"),
        ("Portland+OR", "Portland", "US"),
        ("Singapore", "Singapore", "SG"),
    ],
)
def test_a_whole_name_is_found(offline: FlaskClient, name: str, found: str, country: str) -> None:
    response = offline.get(f"/{name}", headers=PROGRAM)
    place = response.get_json()["place"]
    assert (place["name"], place["country_code"]) == (found, country)
    assert place["source"].endswith("offline")
    assert "max-age=60" in response.headers["Cache-Control"].split(", ")


def test_of_several_the_others_are_named(offline: FlaskClient) -> None:
    body = offline.get("/Springfield", headers=PROGRAM).get_json()
    assert body["place"]["name"] == "Springfield"  # was Eugene, which has absorbed one
    regions = {place["region"] for place in body["alternatives"]} | {body["place"]["region"]}
    assert {"Missouri", "Massachusetts", "Illinois"} <= regions


@pytest.mark.parametrize(
    "name",
    ["France", "Åre", "Are", "Lond", "Georgia", "Mexico", "Deutschland", "Kågeröd", "London,FR"],
)
@pytest.mark.parametrize("headers", [BROWSER, CURL, PROGRAM])
def test_what_is_not_known_offline_is_an_outage(
    offline: FlaskClient, name: str, headers: dict[str, str]
) -> None:
    for _ in range(3):  # later the breaker is open
        response = offline.get(f"/{name}", headers=headers)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert OUTAGE in response.text
        assert "not asked just now" not in response.text


def test_the_line_and_the_text_say_that_the_place_was_found_offline(offline: FlaskClient) -> None:
    for path in ("/Cologne?format=3", "/Cologne?format=%l:+%t", "/Cologne?0T"):
        assert "place found offline" in offline.get(path, headers=CURL).text, path
    # A program parses this one.
    assert "offline" not in offline.get("/Cologne?format=%t|%f", headers=CURL).text


def test_the_climate_normals_say_it_too(offline: FlaskClient, upstreams: Upstreams) -> None:
    upstreams.refuse()
    for path in ("/Cologne?T", "/Cologne?0T"):
        body = offline.get(path, headers=CURL).text
        assert "NO FORECAST" in body, path
        assert "place found offline" in body, path


def test_a_place_that_the_geocoder_found_has_no_mark(client: FlaskClient) -> None:
    response = client.get("/Cologne?format=3", headers=CURL)
    assert "offline" not in response.text
    assert "max-age=60" not in response.headers["Cache-Control"].split(", ")
