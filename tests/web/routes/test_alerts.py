"""Warnings in every response of a place, whatever else is missing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.web.clients import BROWSER, CURL, PROGRAM, get

BERLIN = "/Berlin"


def test_a_warning_is_in_every_view(client: FlaskClient) -> None:
    assert get(client, BERLIN, headers=PROGRAM).get_json()["alerts"][0]["event"] == "Frost"
    assert "Frost" in get(client, BERLIN, headers=BROWSER).text
    assert "Frost" in get(client, f"{BERLIN}?0T", headers=CURL).text


def test_climate_normals_come_with_the_warnings(client: FlaskClient, upstreams: Upstreams) -> None:
    for provider in ("open-meteo", "met-norway"):
        upstreams.fail(provider, faults.down())
    response = get(client, BERLIN, headers=PROGRAM).get_json()
    assert response["provenance"]["provider"] == "climate-normals"
    assert [alert["event"] for alert in response["alerts"]] == ["Frost"]
    credits = {credit["text"] for credit in response["provenance"]["attribution"]}
    assert any("Deutscher Wetterdienst" in text for text in credits)
    assert "Frost" in get(client, BERLIN, headers=BROWSER).text
    assert "Frost" in get(client, f"{BERLIN}?0T", headers=CURL).text


def test_the_comparison_has_the_warnings_of_each_place(client: FlaskClient) -> None:
    page = get(client, "/compare?q=Berlin&q=Oslo", headers=BROWSER).text
    assert "Frost" in page
    assert "Berlin" in page.partition("Frost")[0].rpartition("<summary>")[2]


@pytest.mark.parametrize("known", [True, False])
def test_a_response_without_all_warnings_is_cacheable_for_a_minute(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, known: bool
) -> None:
    path = f"{BERLIN}?units=metric"
    if known:
        assert get(client, path, headers=PROGRAM).headers["Cache-Control"] != "public, max-age=60"
        clock.advance(minutes=6)
    upstreams.fail("bright-sky", faults.down())
    response = get(client, path, headers=PROGRAM)
    assert bool(response.get_json()["alerts"]) == known
    age = response.headers["Age"]
    assert response.headers["Cache-Control"] == f"public, max-age={int(age) + 60}"
    assert age == ("360" if known else "0")
