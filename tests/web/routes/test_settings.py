"""The visitor's saved preferences."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams
from tests.web.clients import (
    BROWSER,
    CURL,
    FROM_AMERICA,
    FROM_LONDON,
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
    ("path", "status"),
    [
        ("/Tokyo", 200),
        ("/compare?q=Paris&q=Tokyo", 200),
        ("/compare", 200),
        ("/Xyzzyville", 404),
        ("/no/such/page", 404),
        ("/?lat=91&lon=0", 400),
        ("/moon", 200),
        ("/docs", 200),
        ("/v2/Paris", 200),
        ("/embed/Paris", 200),
    ],
)
def test_pages_of_every_kind_have_a_visitor_with_saved_places(
    client: FlaskClient, path: str, status: int
) -> None:
    client.post("/settings", data={"keep": "Oslo, NO"})
    response = get(client, path, headers=BROWSER)
    assert (response.status_code, response.mimetype) == (status, "text/html")
    assert "</html>" in response.text


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
        "http://localhost@evil.example",
        "http://localhost:99999",
        "http://localhost, http://evil.example",
        "https://localhost.",
        "file://",
        "data:",
        "x",
        "",
        # A page of this service has another Referrer-Policy than one that hides its origin.
        "null",
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
        {"Origin": "http://LOCALHOST:80"},
        {"Referer": "http://localhost/Paris"},
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


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://weather.example", 303),
        ("https://weather.example:443", 303),
        ("http://localhost", 303),  # in the operator's network
        ("http://weather.example", 400),
        ("https://evil.example", 400),
    ],
)
def test_a_form_of_the_public_address_is_saved(
    make_app: Callable[..., Flask], origin: str, status: int
) -> None:
    client = make_app(public_url="https://weather.example").test_client()
    saved = client.post("/settings", data={"units": "ms"}, headers={"Origin": origin})
    assert saved.status_code == status
    assert cookie(client) == ("units=ms" if status == 303 else "")


def test_a_form_with_the_referer_of_another_site_is_refused(client: FlaskClient) -> None:
    headers = {"Referer": "https://evil.example/localhost"}
    assert client.post("/settings", data={"units": "ms"}, headers=headers).status_code == 400


def test_pages_send_their_origin_with_forms(client: FlaskClient) -> None:
    """HTML, 4.2.5.1: it takes the place of the Referrer-Policy of the response."""
    page = get(client, "/Paris", headers=BROWSER).text
    assert '<meta name="referrer" content="same-origin">' in page
    assert get(client, "/Paris", headers=BROWSER).headers["Referrer-Policy"] == "no-referrer"


FORM = "application/x-www-form-urlencoded"


def post(client: FlaskClient, body: bytes, **options: Any) -> tuple[int, str]:
    """Sends a form; the status, and the cookie that it leaves of an older one."""
    client.set_cookie("kept", "units=imperial")
    options = {"content_type": FORM, **options}
    response = client.post("/settings", input_stream=io.BytesIO(body), **options)
    assert response.status_code == 303 or "Set-Cookie" not in response.headers
    return response.status_code, cookie(client)


def test_a_whole_form_replaces_the_older_preferences(client: FlaskClient) -> None:
    assert post(client, b"units=ms") == (303, "units=ms")


@pytest.mark.parametrize("sent", range(20))
def test_a_part_of_a_form_changes_nothing(client: FlaskClient, sent: int) -> None:
    """Half of "units=metric&lang=de": its connection was cut."""
    body = b"units=metric&lang=de"
    length = {"CONTENT_LENGTH": str(len(body))}
    assert post(client, body[:sent], environ_overrides=length) == (400, "units=imperial")


@pytest.mark.parametrize("encoding", ["chunked", "Chunked", "gzip, chunked", "identity"])
@pytest.mark.parametrize("body", [b"", b"8\r\nunits=ms\r\n0\r\n\r\n", b"units=ms"])
@pytest.mark.parametrize("terminated", [False, True])
def test_a_form_in_chunks_is_refused(
    client: FlaskClient, encoding: str, body: bytes, terminated: bool
) -> None:
    """RFC 9110, 15.5.12."""
    answer = post(
        client,
        body,
        headers={"Transfer-Encoding": encoding},
        environ_overrides={"wsgi.input_terminated": terminated},
    )
    assert answer == (411, "units=imperial")


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "multipart/form-data; boundary=x", "", FORM + "+x"],
)
def test_another_content_type_is_refused(client: FlaskClient, content_type: str) -> None:
    body = b"units=ms"
    answer = post(client, body, content_type=content_type)
    assert answer == (415, "units=imperial")


def test_a_form_that_is_too_long_is_refused(client: FlaskClient) -> None:
    body = b"units=ms&keep=" + b"x" * 20_000
    assert post(client, body) == (413, "units=imperial")


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"&&&", b"=", b"units", b"units=", b"units=kelvin", b"units=%FF", b"units=ms%00"),
        *(b"lang=xx", b"lang=../../etc", b"keep=", b"keep=%FF", b"keep=a%0Ab", b"forget=Oslo"),
        *(b"color=red", b"UNITS=ms", b"units[]=ms", b"kept=units%3Dms", b"back=/Paris"),
        b"keep=" + b"x" * 200,
    ],
)
def test_unknown_fields_and_bad_values_leave_the_cookie(client: FlaskClient, body: bytes) -> None:
    client.set_cookie("kept", "units=imperial")
    response = client.post(
        "/settings",
        input_stream=io.BytesIO(body),
        content_type=FORM,
    )
    assert response.status_code == 303
    assert "Set-Cookie" not in response.headers
    assert cookie(client) == "units=imperial"


def test_of_repeated_fields_the_last_valid_one_counts(client: FlaskClient) -> None:
    body = b"units=ms&units=metric&units=kelvin&keep=Oslo&keep=Rome&back=/a&back=/b"
    response = client.post("/settings", input_stream=io.BytesIO(body), content_type=FORM)
    assert response.headers["Location"] == "/a"
    assert cookie(client) == "units=metric&keep=Oslo&keep=Rome"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_settings_are_no_place(client: FlaskClient, method: str, upstreams: Upstreams) -> None:
    response = client.open("/settings", method=method)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert upstreams.calls() == []


def test_units_of_quantities_and_the_clock_are_saved(client: FlaskClient) -> None:
    form = b"units=uk&units=kn&units=mmhg&units=&units=&clock=12&lang=en&back=/Paris"
    assert post(client, form) == (303, "units=uk%2Ckn%2Cmmhg&lang=en&clock=12")
    page = get(client, "/Paris", headers=BROWSER).text
    main = page.partition("<main")[2]
    assert "°C<span>, kn</span>" in page
    assert " kn" in main
    assert " mmHg" in main
    assert "M</time>" in main
    assert "km/h" not in main
    assert "M</time>" not in get(client, "/Paris?clock=24", headers=BROWSER).text


@pytest.mark.parametrize(
    ("path", "visitor", "is_twelve"),
    [
        ("/Paris", FROM_AMERICA, True),
        ("/Paris", FROM_LONDON, False),
        ("/Paris?lang=de", FROM_AMERICA, False),
        ("/Paris?clock=24", FROM_AMERICA, False),
        ("/Paris?clock=12", FROM_LONDON, True),
        ("/Paris?units=imperial", FROM_LONDON, True),
        ("/Paris?units=metric", FROM_AMERICA, False),
        ("/compare?q=Paris&q=Oslo", FROM_AMERICA, True),
    ],
)
def test_the_clock_follows_language_and_country(
    client: FlaskClient, path: str, visitor: dict[str, str], is_twelve: bool
) -> None:
    page = get(client, path, headers=BROWSER, environ_overrides=visitor).text
    assert ("M</time>" in page) is is_twelve


def test_texts_keep_the_clock_of_24_hours(client: FlaskClient) -> None:
    """Scripts read them."""
    text = get(client, "/Paris", headers=CURL, environ_overrides=FROM_AMERICA).text
    assert "°F" in text
    assert " AM" not in text
    assert " PM" not in text


def test_a_choice_can_be_left_to_the_country_again(client: FlaskClient) -> None:
    assert post(client, b"units=auto&units=&clock=&lang=en") == (303, "lang=en")
