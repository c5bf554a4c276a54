"""Places side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.web.clients import (
    BROWSER,
    CURL,
    FROM_AMERICA,
    FROM_LONDON,
    PROGRAM,
    Text,
    get,
)

LIST = "/London:Paris:Xyzzyville"


def test_places_side_by_side(client: FlaskClient) -> None:
    page = get(client, "/compare?q=Paris&q=Oslo&q=Xyzzyville&q=91,0&q=Paris", headers=BROWSER)
    assert page.status_code == 200
    text = Text(page.text).text
    assert "Paris, Île-de-France, FR" in text
    assert "Oslo" in text
    assert "Unknown location" in text
    assert "Not a location" in text
    assert page.text.count('aria-label="Paris, Île-de-France, FR"') == 1
    assert get(client, "/compare", headers=BROWSER).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers", "content_type"),
    [
        (f"{LIST}?view=table", CURL, "text/plain; charset=utf-8"),
        (f"{LIST}?view=table", {}, "text/plain; charset=utf-8"),
        (f"{LIST}?view=table", BROWSER, "text/html; charset=utf-8"),
        (f"{LIST}?view=table", PROGRAM, "application/json"),
        (f"{LIST}?view=table&format=json", BROWSER, "application/json"),
        (f"{LIST}?view=table&format=html", CURL, "text/html; charset=utf-8"),
        (f"{LIST}?view=table&format=text", BROWSER, "text/plain; charset=utf-8"),
        (f"{LIST}?view=table&A", BROWSER, "text/plain; charset=utf-8"),
        (f"{LIST}?view=table&output=json", CURL, "application/json"),
        (f"{LIST}?format=table", CURL, "text/plain; charset=utf-8"),
        (f"/de{LIST}?view=table&lang=en", CURL, "text/plain; charset=utf-8"),
        ("/?location=London:Paris:Xyzzyville&view=table", CURL, "text/plain; charset=utf-8"),
        ("/?q=London&q=Paris&q=Xyzzyville&view=table", CURL, "text/plain; charset=utf-8"),
        ("/compare?q=London&q=Paris&q=Xyzzyville", CURL, "text/plain; charset=utf-8"),
        (
            "/compare?q=London&q=Paris&q=Xyzzyville&format=text",
            BROWSER,
            "text/plain; charset=utf-8",
        ),
        ("/compare?q=London&q=Paris&q=Xyzzyville&format=json", BROWSER, "application/json"),
        ("/compare?q=London&q=Paris&q=Xyzzyville", BROWSER, "text/html; charset=utf-8"),
        ("/compare?q=London&q=Paris&q=Xyzzyville&format=html", CURL, "text/html; charset=utf-8"),
    ],
)
def test_the_representations_of_a_comparison(
    client: FlaskClient, path: str, headers: dict[str, str], content_type: str
) -> None:
    response = get(client, path, headers=headers)
    assert response.status_code == 200
    assert response.content_type == content_type
    assert "London" in response.text
    assert "Paris" in response.text
    assert "Unknown location" in response.text
    if content_type == "application/json":
        places = response.get_json()["places"]
        assert [place["query"] for place in places] == ["London", "Paris", "Xyzzyville"]
        assert [place["problem"] is None for place in places] == [True, True, False]
        batch = get(client, "/api/v1/batch?q=London&q=Paris&q=Xyzzyville", headers=headers)
        assert response.text == batch.text


def test_a_list_without_a_table_is_one_place_after_the_other(client: FlaskClient) -> None:
    for option in ("", "?view=v2", "?format=3", "?view=table&format=3", "?view=tables"):
        response = get(client, f"/London:Paris{option}", headers=CURL)
        assert ("London" in response.text) is not ("Paris" in response.text), option


def test_one_place_is_a_table_too_and_what_is_none_is_not(client: FlaskClient) -> None:
    assert get(client, "/London?view=table&T", headers=CURL).text.startswith(
        "London, England, GB\n"
    )
    for path in ("/?view=table", "/moon?view=table", "/:help?view=table"):
        assert get(client, path, headers=CURL).text == get(client, path[:-11], headers=CURL).text


@pytest.mark.parametrize(
    ("path", "headers", "named"),
    [
        ("/London:Paris?view=table&units=kelvin", CURL, "units"),
        ("/compare?q=London&format=3", CURL, "format"),
        ("/compare?q=London&format=v2", PROGRAM, "format"),
        ("/compare", CURL, "q must"),
        ("/London:Paris?format=tables", CURL, "format"),
    ],
)
def test_an_impossible_comparison_is_an_error(
    client: FlaskClient, path: str, headers: dict[str, str], named: str
) -> None:
    response = get(client, path, headers=headers)
    assert response.status_code == 400
    assert named in response.text


def test_places_that_are_too_many_are_named(client: FlaskClient, upstreams: Upstreams) -> None:
    names = [f"{latitude}.5,8.5" for latitude in range(10)]
    for path in (f"/{':'.join(names)}?view=table", "/compare?" + "&".join(f"q={n}" for n in names)):
        places = get(client, path, headers=PROGRAM).get_json()["places"]
        assert [place["query"] for place in places] == names
        assert [place["problem"] is None for place in places] == [True] * 6 + [False] * 4
        assert "At most 6 places" in places[6]["problem"]["detail"]
    assert len(upstreams.calls("open-meteo")) == 6
    many = ":".join(f"p{n}" for n in range(50))
    assert len(get(client, f"/{many}?view=table", headers=PROGRAM).get_json()["places"]) == 20


@pytest.mark.parametrize("headers", [CURL, BROWSER, PROGRAM])
def test_climate_normals_in_an_outage_and_errors_if_strict(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, headers: dict[str, str]
) -> None:
    get(client, "/London", headers=headers)
    upstreams.fail("*", faults.down())
    clock.advance(hours=3)
    response = get(client, "/London:Paris?view=table&T&width=63", headers=headers)
    assert response.status_code == 200
    if headers is PROGRAM:
        london, paris = (place["weather"] for place in response.get_json()["places"])
        assert london["provenance"]["stale"] is True
        assert paris["provenance"]["provider"] == "climate-normals"
    else:
        words = " ".join(response.text.split())
        assert "3 h old" in words
        assert "NO FORECAST: what is usual" in words
    strict = get(client, "/London:Paris?view=table&strict=1", headers=headers)
    assert "climate-normals" not in strict.text
    assert "NO FORECAST" not in strict.text


def test_the_width_is_bounded(client: FlaskClient) -> None:
    for width in (40, 63, 80):
        text = get(client, f"{LIST}:Oslo:Berlin?view=table&T&width={width}", headers=CURL).text
        assert max(map(len, text.splitlines())) <= width
    assert get(client, "/compare?q=London&width=39", headers=CURL).status_code == 400
    # As in the other compatible views.
    assert get(client, f"{LIST}?view=table&width=39", headers=CURL).status_code == 200


def test_the_visitors_own_place_beside_others_is_shared_with_nobody(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app().test_client()
    path = "/~:Oslo?view=table&units=metric&T"
    for environ, place in ((FROM_LONDON, "London"), (FROM_AMERICA, "Palo Alto")) * 2:
        response = get(client, path, headers=CURL, environ_base=environ)
        assert response.text.startswith(place)
        assert "private" in response.headers["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in response.headers


def test_units_of_the_visitor_are_not_those_of_a_script_of_another_origin(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app().test_client()
    for path in ("/London:Paris?view=table&T", "/compare?q=London&q=Paris&T"):
        own = get(client, path, headers=CURL, environ_base=FROM_AMERICA)
        assert "°F" in own.text
        assert "private" in own.headers["Cache-Control"]
        headers = {**CURL, "Origin": "https://other.example"}
        foreign = get(client, path, headers=headers, environ_base=FROM_AMERICA)
        assert "°C" in foreign.text
        assert foreign.headers["Access-Control-Allow-Origin"] == "*"
        named = get(client, f"{path}&units=metric", headers=CURL, environ_base=FROM_AMERICA)
        assert named.headers["Cache-Control"] == "public, max-age=60"


def test_a_kept_comparison_is_that_of_its_options(client: FlaskClient) -> None:
    texts = {
        get(client, f"/London:Paris?{query}", headers=headers).text
        for query in ("view=table", "view=table&format=json", "view=table&days=1", "view=v2")
        for headers in (CURL, BROWSER)
        for _ in range(2)
    }
    assert len(texts) == 7  # JSON is the same for both


def test_crawlers_cause_no_call(client: FlaskClient, upstreams: Upstreams) -> None:
    headers: dict[str, Any] = {"User-Agent": "Googlebot/2.1"}
    get(client, "/48.5,8.5:49.5,8.5?view=table", headers=headers)
    assert not upstreams.calls("open-meteo")


def test_a_relay_gets_no_units_of_its_own_country(client: FlaskClient) -> None:
    """Slack fetches links from the United States and shows them to people elsewhere."""
    bot: dict[str, Any] = {"User-Agent": "Slackbot-LinkExpanding 1.0"}
    path = "/London:Paris?view=table&format=text"
    for headers, unit in ((CURL, "°F"), (bot, "°C"), (CURL, "°F")):
        assert unit in get(client, path, headers=headers, environ_base=FROM_AMERICA).text
