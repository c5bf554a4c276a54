"""Paths with a slash too many, and bytes that are not UTF-8.

Rules: RFC 3986 6.2.2 leaves the meaning of empty segments to the server, and wttr.in's clients
write `//Paris` and `/London/`; WHATWG's URL standard encodes queries of old pages in Windows-1252.
"""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.clients import PROGRAM
from weather.web import query_string
from weather.web.paths import normalized, of_request


def get(client: FlaskClient, target: str) -> TestResponse:
    """The response to a request line. The test client would interpret the path itself."""
    path, _, query = target.partition("?")
    raw = unquote_to_bytes(path).decode("latin-1")
    return client.get(
        f"/?{query}", headers=PROGRAM, environ_overrides={"PATH_INFO": raw, "RAW_URI": target}
    )


@pytest.mark.parametrize(
    "path",
    [
        *("/Zurich/", "//Zurich", "/Zurich//", "///Zurich///", "/Zurich%2F", "/Z%C3%BCrich/"),
        *("/api/v1/weather/?q=Zurich", "//api//v1/weather?q=Zurich", "//?q=Zurich"),
    ],
)
def test_empty_segments_do_not_count(client: FlaskClient, path: str) -> None:
    response = get(client, path)
    assert response.status_code == 200, response.text
    assert response.get_json()["place"]["name"] == "Zurich"


@pytest.mark.parametrize("path", ["/healthz/", "/robots.txt/", "/compare/?q=Paris", "//sw.js"])
def test_empty_segments_do_not_count_in_other_routes(client: FlaskClient, path: str) -> None:
    assert get(client, path).status_code == 200


@pytest.mark.parametrize(
    ("path", "expected"),
    [("", "/"), ("/", "/"), ("//", "/"), ("/a//b/", "/a/b"), ("/Z\xfcrich", "/Z\xc3\xbcrich")],
)
def test_the_one_form_of_a_path(path: str, expected: str) -> None:
    assert normalized(path) == expected
    assert normalized(expected) == expected


@pytest.mark.parametrize(
    "path", ["/K%E5ger%F6d", "/?q=K%E5ger%F6d", "/api/v1/weather?q=K%E5ger%F6d"]
)
def test_latin_1_is_read(client: FlaskClient, path: str) -> None:
    """No such place is simulated: what matters is the name that was searched for."""
    response = get(client, path)
    assert response.status_code == 404, response.text
    assert "Kågeröd" in response.get_json()["detail"]


def test_a_place_in_latin_1_is_found(client: FlaskClient) -> None:
    for path in ("/Z%FCrich", "/?q=Z%FCrich"):
        assert get(client, path).get_json()["place"]["name"] == "Zurich"


def test_bytes_that_flasks_own_server_has_replaced_are_read() -> None:
    replaced = "/Z\ufffdrich".encode().decode("latin-1")
    assert of_request({"PATH_INFO": replaced, "RAW_URI": "/Z%FCrich?0"}) == "/Z\xc3\xbcrich"
    mounted = {"PATH_INFO": replaced, "RAW_URI": "/weather/Z%FCrich", "SCRIPT_NAME": "/weather"}
    assert of_request(mounted) == "/Z\xc3\xbcrich"
    assert of_request({"PATH_INFO": replaced}) == replaced


def test_raw_bytes_of_a_query_are_read_like_encoded_ones() -> None:
    for raw in (b"q=Z%FCrich", b"q=Z\xfcrich", b"q=Z%C3%BCrich", "q=Zürich".encode()):
        assert query_string.parse(raw) == (("q", "Zürich"),)
    assert query_string.parse(b"q=%93Paris%94") == (("q", "“Paris”"),)  # Windows-1252's quotes


def test_control_characters_are_refused_as_before(client: FlaskClient) -> None:
    assert client.get("/a%00b", headers=PROGRAM).status_code == 400
    assert client.get("/?q=a%81", headers=PROGRAM).status_code == 400
