"""Which view a client gets."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.clients import (
    BROWSER,
    CURL,
    PROGRAM,
    get,
)


@pytest.mark.parametrize(
    ("path", "headers", "content_type"),
    [
        ("/Paris", BROWSER, "text/html; charset=utf-8"),
        ("/Paris", CURL, "text/plain; charset=utf-8"),
        ("/Paris", {}, "text/html; charset=utf-8"),
        ("/Paris", {"Accept": "*/*;q=0"}, "text/html; charset=utf-8"),
        ("/Paris", {"Accept": "image/png"}, "text/html; charset=utf-8"),
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
        ("/Paris?format=3", BROWSER, "text/plain; charset=utf-8"),
        ("/Paris?format=%C+%t", BROWSER, "text/plain; charset=utf-8"),
        ("/Paris?format=%25t", PROGRAM, "text/plain; charset=utf-8"),
        ("/api/v1/weather?q=Paris&format=3", CURL, "application/json"),
        ("/api/v1/weather?q=Paris", BROWSER, "application/json"),
        ("/api/v1/weather?q=Paris&format=html", BROWSER, "application/json"),
    ],
)
def test_format_accept_and_client_select_the_view(
    client: FlaskClient, path: str, headers: dict[str, str], content_type: str
) -> None:
    response = get(client, path, headers=headers)
    assert (response.status_code, response.content_type) == (200, content_type)
