"""The places that wttr.in's paths mean, through the whole service."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams
from tests.web.clients import BROWSER, CURL, get

LINE = "format=%l"


def name(client: FlaskClient, path: str) -> str:
    response = get(client, path, headers={"Accept": "application/json"})
    assert response.status_code == 200, response.text
    found: str = response.get_json()["place"]["name"]
    return found


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/GRU", "São Paulo (GRU)"),
        ("/ham", "Hamburg (HAM)"),
        ("/JFK", "New York City (JFK)"),
        ("/?q=JFK", "New York City (JFK)"),
        ("/?location=muc", "Munich (MUC)"),
        ("/api/v1/weather?q=OSL", "Oslo (OSL)"),
        ("/NYC", "New York"),
        ("/LA", "Los Angeles"),
        ("/SF", "San Francisco"),
        ("/DC", "Washington"),
        ("/spb", "Saint Petersburg"),
        ("/Msk", "Moscow"),
    ],
)
def test_a_code_or_an_abbreviation_is_a_place(client: FlaskClient, path: str, place: str) -> None:
    assert name(client, path) == place


def test_an_airport_costs_no_search(client: FlaskClient, upstreams: Upstreams) -> None:
    assert get(client, f"/GRU?{LINE}", headers=CURL).text == "GRU"
    assert not [call for call in upstreams.calls() if "name" in call.query]


@pytest.mark.parametrize("path", ["/MyLocation", "/mylocation", "/MYLOCATION/", "/~", "/%7E"])
def test_the_visitors_own_place_has_other_paths(client: FlaskClient, path: str) -> None:
    own = get(client, f"/?{LINE}", headers=CURL)
    response = get(client, f"{path}?{LINE}", headers=CURL)
    assert (response.status_code, response.text) == (200, own.text)
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("headers", [BROWSER, CURL, {}])
@pytest.mark.parametrize(
    "path",
    [
        "/NOT_FOUND",
        "/not_found",
        "/apple-touch-icon.png",
        "/apple-touch-icon-precomposed.png",
        "/apple-touch-icon-120x120.png",
        "/apple-touch-icon-76x76-precomposed.png?format=3",
        "/NOT_FOUND?format=j1&days=99&units=x",
    ],
)
def test_what_broken_clients_request_is_refused_without_a_call(
    client: FlaskClient, upstreams: Upstreams, path: str, headers: dict[str, str]
) -> None:
    response = get(client, path, headers=headers)
    assert (response.status_code, response.data) == (403, b"")
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert upstreams.calls() == []
