"""The visitor's saved preferences."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.clients import (
    BROWSER,
    PROGRAM,
    get,
)


def cookie(client: FlaskClient) -> str:
    saved = client.get_cookie("kept")
    return saved.decoded_value if saved else ""


def test_units_and_language_are_saved(client: FlaskClient) -> None:
    form = {"units": "imperial", "lang": "de", "back": "/Paris?days=3"}
    answer = client.post("/settings", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/Paris?days=3")
    assert answer.headers["Cache-Control"] == "no-store"
    page = get(client, "/Paris", headers=BROWSER)
    assert '<html lang="de"' in page.text
    assert "°F" in page.text
    assert "private" in page.headers["Cache-Control"]
    assert "Cookie" in page.headers["Vary"]
    assert "°C" in get(client, "/Paris?units=metric", headers=BROWSER).text, "the URL comes first"
    metric = get(client, "/Paris", headers=PROGRAM).get_json()["units"]["temperature"]
    assert metric == "°C", "cookies are read for pages only"


def test_places_are_saved_and_removed(client: FlaskClient) -> None:
    place = "Paris, Île-de-France, FR"
    client.post("/settings", data={"keep": place, "back": "/Paris"})
    client.post("/settings", data={"keep": "Oslo, NO"})
    assert "Side by side" in get(client, "/Tokyo", headers=BROWSER).text
    assert "★" in get(client, "/Paris", headers=BROWSER).text
    client.post("/settings", data={"forget": place})
    assert "★" not in get(client, "/Paris", headers=BROWSER).text


@pytest.mark.parametrize(
    "back",
    ["//evil.example/", "https://evil.example", "/\\evil.example", "", "x", "/a\r\nb: c", "/ "],
)
def test_the_form_redirects_to_no_other_host(client: FlaskClient, back: str) -> None:
    answer = client.post("/settings", data={"units": "ms", "back": back})
    assert answer.headers["Location"] == "/"


def test_forms_of_other_sites_and_long_forms_are_refused(client: FlaskClient) -> None:
    from_elsewhere = {"Sec-Fetch-Site": "cross-site"}
    refused = client.post("/settings", data={"units": "ms"}, headers=from_elsewhere)
    assert refused.status_code == 400
    assert client.post("/settings", data={"keep": "x" * 20_000}).status_code == 413
    assert cookie(client) == ""


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost.evil.example",
        "http://localhost:81",
        "http://[",
        "x",
    ],
)
def test_a_form_with_the_origin_of_another_host_is_refused(
    client: FlaskClient, origin: str
) -> None:
    refused = client.post("/settings", data={"units": "ms"}, headers={"Origin": origin})
    assert refused.status_code == 400
    assert cookie(client) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost"},
        {"Origin": "null"},  # a page with Referrer-Policy: no-referrer, as this service's
        {"Origin": "https://weather.example", "Sec-Fetch-Site": "same-origin"},  # another Host
    ],
)
def test_a_form_of_this_site_is_saved(client: FlaskClient, headers: dict[str, str]) -> None:
    saved = client.post("/settings", data={"units": "ms"}, headers=headers)
    assert saved.status_code == 303
    assert cookie(client) == "units=ms"


def test_saved_preferences_are_shown_to_their_visitor_only(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    mine, yours = app.test_client(), app.test_client()
    mine.post("/settings", data={"keep": "My Secret Village", "lang": "fr"})
    assert "My Secret Village" in get(mine, "/Paris", headers=BROWSER).text
    assert "My Secret Village" not in get(yours, "/Paris", headers=BROWSER).text


@pytest.mark.parametrize("path", ["/Paris?m", "/Paris?units=metric"])
def test_units_in_the_url_take_precedence_over_saved_ones(client: FlaskClient, path: str) -> None:
    client.post("/settings", data={"units": "imperial"})
    assert "°C" in get(client, path, headers=BROWSER).text
