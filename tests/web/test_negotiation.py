"""Which view a client gets."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.clients import (
    BROWSER,
    CURL,
    PROGRAM,
    get,
    python_weather,
)


@pytest.mark.parametrize(
    ("path", "headers", "content_type"),
    [
        ("/Paris", BROWSER, "text/html; charset=utf-8"),
        ("/Paris", CURL, "text/plain; charset=utf-8"),
        ("/Paris", {}, "text/plain; charset=utf-8"),
        ("/Paris", {"Accept": "*/*;q=0"}, "text/plain; charset=utf-8"),
        ("/Paris", {"Accept": "image/png"}, "text/plain; charset=utf-8"),
        ("/Paris", {"Accept": "*/*", "User-Agent": "Mozilla/5.0"}, "text/plain; charset=utf-8"),
        ("/Paris", {"Accept": "*/*", "User-Agent": "node"}, "text/plain; charset=utf-8"),
        ("/Paris", {"User-Agent": "Go-http-client/1.1"}, "text/plain; charset=utf-8"),
        ("/Paris", {"User-Agent": "Python-urllib/3.11"}, "text/plain; charset=utf-8"),
        (
            "/Paris",
            {**BROWSER, "User-Agent": "Mozilla/5.0 (Windows NT; en) PowerShell/7.4"},
            "text/plain; charset=utf-8",
        ),
        ("/Paris", {"Accept": "text/plain"}, "text/plain; charset=utf-8"),
        ("/Paris", {"Accept": "text/plain;q=0.1, application/json"}, "application/json"),
        ("/Paris", {**CURL, "Accept": "text/html"}, "text/html; charset=utf-8"),
        (
            "/Paris",
            {"User-Agent": "Mozilla/5.0 WindowsPowerShell/5.1"},
            "text/plain; charset=utf-8",
        ),
        ("/Paris?format=json", CURL, "application/json"),
        ("/Paris?format=text", BROWSER, "text/plain; charset=utf-8"),
        ("/Paris?format=HTML", CURL, "text/html; charset=utf-8"),
        ("/Paris?A", BROWSER, "text/plain; charset=utf-8"),
        ("/Paris?format=j1", BROWSER, "application/json"),
        ("/Paris?format=j2", {"User-Agent": "python_weather/2.1.2"}, "application/json"),
        ("/Paris?format=j1", {"User-Agent": "python_weather/2.2.0"}, "text/plain; charset=utf-8"),
        ("/Paris?format=j1", python_weather("2.2.7"), "text/plain; charset=utf-8"),
        ("/Paris?format=j2", python_weather("3.1.0"), "text/plain; charset=utf-8"),
        ("/Paris?format=j1", python_weather("2.1.2"), "application/json"),
        ("/Paris?format=j1", python_weather("3.0.0"), "application/json"),  # 2.1.0 and 2.1.1
        ("/Paris?format=j1", python_weather("2.2.0"), "application/text; charset=utf-8"),
        ("/Paris?format=json", python_weather("2.2.7"), "application/json"),
        ("/Paris?format=v2", BROWSER, "text/html; charset=utf-8"),
        ("/Paris?format=v2", CURL, "text/plain; charset=utf-8"),
        ("/Paris?view=v2", BROWSER, "text/html; charset=utf-8"),
        ("/Paris?view=v2", CURL, "text/plain; charset=utf-8"),
        ("/Paris?view=v2&format=j1", CURL, "application/json"),
        ("/Paris?output=json", CURL, "application/json"),
        ("/Paris?output=html", CURL, "text/html; charset=utf-8"),
        ("/Paris?output=txt", BROWSER, "text/plain; charset=utf-8"),
        ("/Paris?output=png", CURL, "image/png"),
        ("/Paris.png", BROWSER, "image/png"),
        ("/Paris.png?format=3", CURL, "image/png"),
        ("/Paris_0tqp_lang=de_format=v2.png", CURL, "image/png"),
        ("/Paris.svg", BROWSER, "image/svg+xml"),
        ("/Paris?format=3", BROWSER, "text/plain; charset=utf-8"),
        ("/Paris?format=%C+%t", BROWSER, "text/plain; charset=utf-8"),
        ("/Paris?format=%25t", PROGRAM, "text/plain; charset=utf-8"),
        ("/api/v1/weather?q=Paris&format=json", CURL, "application/json"),
        ("/api/v1/weather?q=Paris", BROWSER, "application/json"),
        ("/Paris?view=v3", BROWSER, "text/html; charset=utf-8"),
        ("/Paris?view=xyz&output=xyz", CURL, "text/plain; charset=utf-8"),
    ],
)
def test_format_accept_and_client_select_the_view(
    client: FlaskClient, path: str, headers: dict[str, str], content_type: str
) -> None:
    response = get(client, path, headers=headers)
    assert (response.status_code, response.content_type) == (200, content_type)


@pytest.mark.parametrize("blanks", [0, 900, 1100, 8000])
def test_a_long_header_changes_nothing_for_others(client: FlaskClient, blanks: int) -> None:
    """The key of a kept response is made of what the application reads, not of more or less."""
    accept = "text/html" + " " * blanks + ",text/plain"
    for _ in range(3):
        get(client, "/Oslo?x=a", headers={"User-Agent": "curl/8", "Accept": accept})
    response = get(
        client, "/Oslo?x=a", headers={"User-Agent": "Mozilla/5.0", "Accept": "text/html"}
    )
    assert response.mimetype == "text/html"


def test_releases_that_read_j1_as_other_types_share_no_response(client: FlaskClient) -> None:
    types = [
        get(client, "/Paris?format=j1", headers=python_weather(version)).mimetype
        for version in ("2.2.7", "2.1.2", "3.0.0", "2.2.0", "2.2.7")
    ]
    text, json = "text/plain", "application/json"
    assert types == [text, json, json, "application/text", text]
