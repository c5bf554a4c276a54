"""Which responses scripts of other origins may read: none that follows from who asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from simulator import Upstreams, faults
from tests.web.clients import BROWSER, CURL, PROGRAM

Make = Callable[..., Flask]

FOREIGN = {"Origin": "https://evil.example"}
LONDON, AMERICA, LOCAL, NOWHERE = "81.2.69.160", "8.8.8.8", "192.168.1.7", "192.0.2.1"
VISITORS = [LONDON, AMERICA, LOCAL, NOWHERE, "127.0.0.1"]
VIEWS = ["html", "text", "json", "p1", "1", "4", "%l:+%t"]
OWN = [
    *(f"/?format={view}" for view in VIEWS),
    *("/api/v1/weather", "/api/v1/weather?strict=1", "/api/v1/weather?units=metric"),
    *("/?T", "/?q=&format=json", "/api/v1/weather?q=", "/?A"),
]
ANYONES = [
    *("/Paris?format=json", "/Paris?format=3", "/Paris?format=p1", "/48.85,2.35?format=text"),
    *("/api/v1/weather?q=Paris", "/api/v1/weather?lat=48&lon=2", "/api/v1/places?q=Paris"),
    *("/8.8.8.8?format=json", "/preview.png?q=Paris", "/static/favicon.svg", "/robots.txt"),
    *("/manifest.webmanifest", "/healthz"),
    "/api/v1/weather?q=Nowhere-at-all",  # 404
    "/api/v1/weather?lat=91&lon=0",  # 400
    "/nowhere/at/all?format=json",
]


def get(client: FlaskClient, path: str, visitor: str, **headers: str) -> TestResponse:
    return client.get(path, environ_overrides={"REMOTE_ADDR": visitor}, headers=headers)


def allowed(response: TestResponse) -> str | None:
    return response.headers.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize("path", OWN)
@pytest.mark.parametrize("origin", [{}, FOREIGN, {"Origin": "null"}])
def test_no_script_of_another_origin_reads_a_private_place(
    client: FlaskClient, path: str, origin: dict[str, str]
) -> None:
    for visitor in VISITORS:
        for agent in (BROWSER, CURL, PROGRAM):
            for _ in range(2):  # also the cached copy
                response = get(client, path, visitor, **agent, **origin)
                assert allowed(response) is None
                assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
                assert "Access-Control-Expose-Headers" not in response.headers


@pytest.mark.parametrize("path", OWN)
def test_nor_the_default_location(make_app: Make, path: str) -> None:
    client = make_app(default_location="51.4769,-0.0005").test_client()
    for visitor in (LOCAL, "127.0.0.1"):
        response = get(client, path, visitor, **PROGRAM, **FOREIGN)
        assert response.status_code == 200
        assert allowed(response) is None


@pytest.mark.parametrize("path", ["/?format=json", "/?format=html", "/?format=1", "/?format=text"])
def test_nor_that_a_private_place_has_not_changed(client: FlaskClient, path: str) -> None:
    etag = get(client, path, LONDON, **FOREIGN).headers["ETag"]
    for _ in range(2):
        response = get(client, path, LONDON, **FOREIGN, **{"If-None-Match": etag})
        assert response.status_code == 304
        assert allowed(response) is None


def test_a_page_is_never_read_also_by_its_304(client: FlaskClient) -> None:
    etag = get(client, "/Paris", LONDON, **BROWSER).headers["ETag"]
    response = get(client, "/Paris", LONDON, **BROWSER, **FOREIGN, **{"If-None-Match": etag})
    assert response.status_code == 304
    assert allowed(response) is None


def test_nor_errors_about_a_private_place(make_app: Make, upstreams: Upstreams) -> None:
    client = make_app(server_locators=("geojs",)).test_client()
    upstreams.fail("geojs", faults.status(500))
    for path in ("/api/v1/weather", "/?format=json", "/?format=text"):
        response = get(client, path, LOCAL, **PROGRAM, **FOREIGN)
        assert response.status_code >= 400
        assert allowed(response) is None


def test_nor_climate_normals_of_a_private_place(client: FlaskClient, upstreams: Upstreams) -> None:
    for provider in ("open-meteo", "met-norway"):
        upstreams.fail(provider, faults.status(500))
    response = get(client, "/?format=json", LONDON, **PROGRAM, **FOREIGN)
    assert response.get_json()["provenance"]["provider"] == "climate-normals"
    assert allowed(response) is None


def test_nor_a_refusal_for_too_many_requests(make_app: Make) -> None:
    client = make_app(rate_limit=1).test_client()
    answers = [get(client, f"/?format=json&n={n}", LONDON, **PROGRAM, **FOREIGN) for n in (1, 2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert [allowed(answer) for answer in answers] == [None, None]


@pytest.mark.parametrize("path", ANYONES)
def test_all_scripts_read_what_depends_on_nobody(client: FlaskClient, path: str) -> None:
    for origin in ({}, FOREIGN):
        for _ in range(2):
            response = get(client, path, LONDON, **PROGRAM, **origin)
            assert allowed(response) == "*"
            assert "ETag" in response.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("path", ["/Paris?format=json", "/Paris?format=4", "/Paris?format=text&T"])
def test_scripts_of_other_origins_do_not_learn_the_country(client: FlaskClient, path: str) -> None:
    """By its units: their visitors all get the same response."""
    responses = [get(client, path, visitor, **PROGRAM, **FOREIGN) for visitor in VISITORS]
    assert len({response.text for response in responses}) == 1
    assert {response.headers["ETag"] for response in responses} == {responses[0].headers["ETag"]}
    assert "°F" not in responses[0].text
    assert "°F" in get(client, path, AMERICA, **PROGRAM).text
    assert "°F" in get(client, path, AMERICA, **PROGRAM, Origin="http://localhost").text


def test_caches_keep_both_apart(client: FlaskClient) -> None:
    for origin in ({}, FOREIGN):
        varied = get(client, "/Paris?format=json", AMERICA, **PROGRAM, **origin)
        assert "Origin" in varied.headers["Vary"].split(", ")
    for path in ("/Paris?format=json&units=metric", "/Paris?format=html", "/static/favicon.svg"):
        assert "Origin" not in get(client, path, AMERICA, **PROGRAM).headers["Vary"]


def test_the_public_address_is_no_other_origin(make_app: Make) -> None:
    client = make_app(public_url="https://weather.example").test_client()
    own = {"Origin": "https://weather.example"}
    assert "°F" in get(client, "/Paris?format=json", AMERICA, **PROGRAM, **own).text
