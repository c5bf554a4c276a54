"""The places that wttr.in's paths mean, through the whole service."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams
from tests.conftest import Clock
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


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The zone of a name server, which the system's resolver asks; other hosts are looked up
    as always."""
    zone = {"www.bbc.com.": "81.2.69.160", "mixed.bbc.com.": "10.0.0.1 81.2.69.160"}
    zone |= {"db.bbc.com.": "10.0.0.1", "own.bbc.com.": "127.0.0.1"}
    answers: dict[str, str] = {}
    system = socket.getaddrinfo

    def look_up(host: str, *arguments: Any, **options: Any) -> Any:
        if not isinstance(host, str) or not host.endswith("."):
            return system(host, *arguments, **options)
        answers[host] = zone.get(host, "")
        if not answers[host]:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(0, 0, 0, "", (address, 0)) for address in answers[host].split()]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return answers


@pytest.mark.parametrize("path", ["/@www.bbc.com", "/@WWW.BBC.com./", "/@mixed.bbc.com"])
def test_a_host_is_where_its_address_is(
    client: FlaskClient, names: dict[str, str], path: str
) -> None:
    response = get(client, f"{path}?format=%25l&m", headers=CURL)
    assert response.text == get(client, "/81.2.69.160?format=%25l&m", headers=CURL).text
    assert "London" in response.text
    assert "public" in response.headers["Cache-Control"]
    assert len(names) == 1


def test_a_host_is_looked_up_again_after_some_minutes(
    client: FlaskClient, names: dict[str, str], clock: Clock
) -> None:
    get(client, "/@www.bbc.com", headers=CURL)
    names.clear()
    clock.advance(minutes=4)
    get(client, "/@www.bbc.com", headers=CURL)
    assert not names
    clock.advance(minutes=2)
    get(client, "/@www.bbc.com", headers=CURL)
    assert names


@pytest.mark.parametrize("headers", [CURL, BROWSER, {"Accept": "application/json"}])
def test_private_and_missing_hosts_get_the_same_response(
    client: FlaskClient, names: dict[str, str], headers: dict[str, str]
) -> None:
    hosts = ("db.bbc.com", "own.bbc.com", "xx.bbc.com", "db.bbc.lan")
    responses = [get(client, f"/@{host}", headers=headers) for host in hosts]
    assert {response.status_code for response in responses} == {404}
    bodies = {
        response.text.replace(host, "HOST") for host, response in zip(hosts, responses, strict=True)
    }
    assert len(bodies) == 1
    assert "no public address" in bodies.pop()
    assert "db.bbc.lan." not in names


def test_an_address_may_follow_an_at_sign(client: FlaskClient, names: dict[str, str]) -> None:
    assert name(client, "/@81.2.69.160") == "London"
    assert get(client, "/@10.0.0.1", headers=CURL).status_code == 404
    assert not names


@pytest.mark.parametrize(
    "path", ["/@localhost", "/@127.1", "/@0x7f.1", "/@a..b", "/@", "/@a%20b.com"]
)
def test_what_is_no_host_name_is_refused(
    client: FlaskClient, names: dict[str, str], path: str
) -> None:
    response = get(client, path, headers=CURL)
    assert (response.status_code, "@example.org" in response.text) == (400, True)
    assert not names


def test_coordinates_of_a_map_may_follow_an_at_sign(client: FlaskClient) -> None:
    response = get(client, "/@48.85,2.35,12z?format=%25l", headers=CURL)
    assert response.text == "48.85,2.35"


def test_hosts_can_be_shown_in_turn(
    client: FlaskClient, names: dict[str, str], clock: Clock
) -> None:
    texts = set()
    for _ in range(2):
        texts.add(get(client, "/@www.bbc.com:Oslo?format=%25l&m", headers=CURL).text.strip())
        clock.advance(seconds=1)
    assert len(texts) == 2
    assert "Oslo" in texts
