"""Kinds of clients, and what their responses have in common."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}
CURL = {"User-Agent": "curl/8.14.1", "Accept": "*/*"}
PROGRAM = {"User-Agent": "thing/1", "Accept": "application/json"}
FROM_LONDON = {"REMOTE_ADDR": "81.2.69.160"}
FROM_AMERICA = {"REMOTE_ADDR": "8.8.8.8"}


def python_weather(version: str) -> dict[str, str]:
    """The header that the library of this name sends from 2.1 on."""
    site = "https://github.com/null8626/python-weather"
    return {"User-Agent": f"python_weather ({site} {version}) Python/"}


def get(client: FlaskClient, path: str, **options: Any) -> TestResponse:
    return client.get(path, **options)


class Text(HTMLParser):
    """The text of a page, and its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_error(response: TestResponse, headers: dict[str, str]) -> None:
    """An error in the representation that was requested, without internals."""
    assert "Traceback" not in response.text
    assert "127.0.0.1" not in response.text.replace("127.0.0.1/", "")
    assert response.headers["Cache-Control"] == "no-store"
    if headers is BROWSER:
        page = Text(response.text)
        assert page.tags.count("h1") == 1
        assert "form" in page.tags
    elif headers is CURL:
        assert len(response.text.strip().splitlines()) == 1
    else:
        problem = response.get_json()
        assert response.content_type == "application/problem+json"
        assert problem["status"] == response.status_code
        assert problem["title"]
        assert problem["detail"]
