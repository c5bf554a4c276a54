"""Without any provider: responses from the embedded tables, always marked as no forecast."""

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
def test_the_climate_normals_replace_the_forecast(
    offline: FlaskClient, path: str, name: str | None, found_by: str
) -> None:
    response = offline.get(path, headers=PROGRAM, environ_overrides=VISITOR)
    assert response.status_code == 200, response.text
    body = response.get_json()
    assert body["place"]["found_by"] == found_by
    assert name is None or body["place"]["name"].startswith(name[:1])
    assert (body["current"], body["hourly"], body["daily"]) == (None, [], [])
    assert body["provenance"]["provider"] == "climate-normals"
    assert body["provenance"]["notice"].startswith("no forecast: what is usual here")
    assert -60 < body["climate"]["normal_temperature"] < 45
    assert body["climate"]["departure"] is None
    assert body["astronomy"][0]["sunrise"]


def test_every_view_says_that_it_is_no_forecast(offline: FlaskClient) -> None:
    page = offline.get("/London", headers=BROWSER)
    text = offline.get("/London", headers=CURL)
    assert (page.status_code, text.status_code) == (200, 200)
    assert "NO FORECAST: what is usual here" in page.text
    assert "NO FORECAST: what is usual here" in text.text
    assert "NO FORECAST: what is usual here" in offline.get("/London?0QFT", headers=CURL).text


def test_the_response_is_cacheable_for_a_minute(offline: FlaskClient) -> None:
    response = offline.get("/London?units=metric", headers=PROGRAM)
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert int(response.headers["Retry-After"]) > 0
    assert "ETag" not in response.headers


def test_strict_requests_a_forecast_or_an_error(offline: FlaskClient) -> None:
    assert offline.get("/48,8?strict=1", headers=PROGRAM).status_code == 503
    assert offline.get("/48,8?strict=0", headers=PROGRAM).status_code == 200
    assert offline.get("/readyz").status_code == 503


def test_a_stale_forecast_is_preferred(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    client.get("/London", headers=PROGRAM)
    upstreams.refuse()
    clock.advance(hours=3)
    body = client.get("/London", headers=PROGRAM).get_json()
    assert body["provenance"]["stale"] is True
    assert body["current"]


def test_an_unknown_name_without_a_geocoder_is_an_outage(offline: FlaskClient) -> None:
    assert offline.get("/Xyzzyville", headers=PROGRAM).status_code == 503


def test_a_visitor_from_the_servers_network_gets_no_guessed_city(offline: FlaskClient) -> None:
    assert offline.get("/", headers=PROGRAM).status_code == 503


def test_no_provider_receives_a_visitors_address(client: FlaskClient, upstreams: Upstreams) -> None:
    body = client.get("/", headers=PROGRAM, environ_overrides=VISITOR).get_json()
    assert "DB-IP" in body["place"]["source"]
    assert {call.provider for call in upstreams.calls()} == {
        "open-meteo",
        "air-quality",
        "meteoalarm",
    }
    assert "db-ip.com" in str(body["provenance"]["attribution"])


def test_today_is_compared_with_the_climate_normals(client: FlaskClient) -> None:
    body = client.get("/London?units=metric", headers=PROGRAM).get_json()
    climate, today = body["climate"], body["daily"][0]
    assert climate["departure"] == pytest.approx(
        today["temperature_mean"] - climate["normal_temperature"], abs=0.15
    )
    assert "Copernicus" in str(body["provenance"]["attribution"])
    imperial = client.get("/London?units=imperial", headers=PROGRAM).get_json()["climate"]
    assert imperial["departure"] == pytest.approx(climate["departure"] * 1.8, abs=0.15)
    words = ("warmer than usual", "colder than usual", "as warm as usual")
    for headers in (BROWSER, CURL):
        assert any(word in client.get("/London", headers=headers).text for word in words)


def test_coordinates_are_described_by_a_nearby_city(client: FlaskClient) -> None:
    body = client.get("/47.4,8.6", headers=PROGRAM).get_json()["place"]
    assert body["name"]
    assert body["distance"] < 20
    assert "near " in client.get("/47.4,8.6", headers=BROWSER).text
    ocean = client.get("/-45,-130", headers=PROGRAM).get_json()["place"]
    assert (ocean["name"], ocean["distance"]) == (None, None)


def test_a_provider_without_time_zones_gets_that_of_the_city(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(forecast_providers=("met-norway",)).test_client()
    body = client.get("/47.4,8.6", headers=PROGRAM).get_json()
    assert body["place"]["timezone"] == "Europe/Zurich"


def test_a_machine_without_a_network() -> None:
    """In a network namespace without a route."""
    command = ["unshare", "--net", sys.executable, "-m", "tests.isolated"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "unshare failed" in done.stderr or "Operation not permitted" in done.stderr:
        pytest.skip("no network namespace may be made here")
    assert done.returncode == 0, done.stderr
    body = json.loads(done.stdout)
    assert set(map(tuple, body.values())) == {(200, "climate-normals")}
