"""With every upstream out of reach: what the service says from its own tables, and what it
never passes off as a forecast."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams
from tests.conftest import Clock
from tests.processes import ROOT
from tests.web.clients import BROWSER, CURL, PROGRAM

VISITOR = {"REMOTE_ADDR": "129.132.19.216"}  # a university in Zurich


@pytest.fixture
def offline(client: FlaskClient, upstreams: Upstreams) -> FlaskClient:
    upstreams.refuse()
    return client


@pytest.mark.parametrize(
    ("path", "name", "found_by"),
    [
        ("/", "Zürich", "visitor"),
        ("/?ip=131.111.150.25", "Cambridge", "address"),
        ("/London", "London", "name"),
        ("/api/v1/weather?q=Paris,Texas", "Paris", "name"),
        ("/api/v1/weather?lat=47.4&lon=8.5", None, "coordinates"),
    ],
)
def test_what_is_usual_answers(
    offline: FlaskClient, path: str, name: str | None, found_by: str
) -> None:
    response = offline.get(path, headers=PROGRAM, environ_overrides=VISITOR)
    assert response.status_code == 200, response.text
    told = response.get_json()
    assert told["place"]["found_by"] == found_by
    assert name is None or told["place"]["name"].startswith(name[:1])
    assert (told["current"], told["hourly"], told["daily"]) == (None, [], [])
    assert told["provenance"]["provider"] == "climate-normals"
    assert told["provenance"]["notice"].startswith("no forecast: what is usual here")
    assert -60 < told["climate"]["normal_temperature"] < 45
    assert told["climate"]["departure"] is None
    assert told["astronomy"][0]["sunrise"]


def test_it_is_told_apart_from_a_forecast_everywhere(offline: FlaskClient) -> None:
    page = offline.get("/London", headers=BROWSER)
    text = offline.get("/London", headers=CURL)
    assert (page.status_code, text.status_code) == (200, 200)
    assert "NO FORECAST: what is usual here" in page.text
    assert "NO FORECAST: what is usual here" in text.text
    assert "NO FORECAST: what is usual here" in offline.get("/London?0QFT", headers=CURL).text


def test_it_is_not_kept_for_long(offline: FlaskClient) -> None:
    response = offline.get("/London?units=metric", headers=PROGRAM)
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert int(response.headers["Retry-After"]) > 0
    assert "ETag" not in response.headers


def test_who_wants_a_forecast_or_an_error_can_say_so(offline: FlaskClient) -> None:
    assert offline.get("/48,8?strict=1", headers=PROGRAM).status_code == 503
    assert offline.get("/48,8?strict=0", headers=PROGRAM).status_code == 200
    assert offline.get("/readyz").status_code == 503


def test_a_forecast_of_before_comes_first(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    client.get("/London", headers=PROGRAM)
    upstreams.refuse()
    clock.advance(hours=3)
    told = client.get("/London", headers=PROGRAM).get_json()
    assert told["provenance"]["stale"] is True
    assert told["current"]


def test_a_name_that_only_the_geocoder_could_know_stays_an_outage(offline: FlaskClient) -> None:
    assert offline.get("/Xyzzyville", headers=PROGRAM).status_code == 503


def test_a_visitor_from_the_servers_network_is_not_guessed_a_city(offline: FlaskClient) -> None:
    assert offline.get("/", headers=PROGRAM).status_code == 503


def test_no_visitors_address_leaves_the_server(client: FlaskClient, upstreams: Upstreams) -> None:
    told = client.get("/", headers=PROGRAM, environ_overrides=VISITOR).get_json()
    assert "DB-IP" in told["place"]["source"]
    assert {call.provider for call in upstreams.calls()} == {"open-meteo", "air-quality"}
    assert "db-ip.com" in str(told["provenance"]["attribution"])


def test_today_is_compared_with_what_is_usual(client: FlaskClient) -> None:
    told = client.get("/London?units=metric", headers=PROGRAM).get_json()
    climate, today = told["climate"], told["daily"][0]
    assert climate["departure"] == pytest.approx(
        today["temperature_mean"] - climate["normal_temperature"], abs=0.15
    )
    assert "Copernicus" in str(told["provenance"]["attribution"])
    imperial = client.get("/London?units=imperial", headers=PROGRAM).get_json()["climate"]
    assert imperial["departure"] == pytest.approx(climate["departure"] * 1.8, abs=0.1)
    words = ("warmer than usual", "colder than usual", "as warm as usual")
    for headers in (BROWSER, CURL):
        assert any(word in client.get("/London", headers=headers).text for word in words)


def test_coordinates_are_near_a_city(client: FlaskClient) -> None:
    told = client.get("/47.4,8.6", headers=PROGRAM).get_json()["place"]
    assert told["name"]
    assert told["distance"] < 20
    assert "near " in client.get("/47.4,8.6", headers=BROWSER).text
    ocean = client.get("/-45,-130", headers=PROGRAM).get_json()["place"]
    assert (ocean["name"], ocean["distance"]) == (None, None)


def test_a_second_provider_without_time_zones_has_them_from_the_city(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(forecast_providers=("met-norway",)).test_client()
    told = client.get("/47.4,8.6", headers=PROGRAM).get_json()
    assert told["place"]["timezone"] == "Europe/Zurich"


def test_on_a_machine_without_any_network() -> None:
    """In a network namespace of its own, where there is not even a route."""
    command = ["unshare", "--net", sys.executable, "-m", "tests.isolated"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "unshare failed" in done.stderr or "Operation not permitted" in done.stderr:
        pytest.skip("no network namespace may be made here")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(map(tuple, told.values())) == {(200, "climate-normals")}
