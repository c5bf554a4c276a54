"""The files that browsers and crawlers request."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.clients import (
    BROWSER,
    get,
)


def test_files_for_browsers_and_crawlers(client: FlaskClient) -> None:
    assert get(client, "/robots.txt").text.startswith("User-agent: *")
    assert get(client, "/favicon.ico").content_type == "image/svg+xml"
    assert get(client, "/manifest.webmanifest").content_type == "application/manifest+json"
    worker = get(client, "/sw.js")
    assert worker.content_type == "text/javascript; charset=utf-8"
    page = get(client, "/Paris", headers=BROWSER)
    assert page.headers["Content-Security-Policy"] in worker.text
    assert "connect-src 'self'" in worker.headers["Content-Security-Policy"]
    assert get(client, "/static/../app.py").status_code == 404
    assert get(client, "/static/nothing.css").status_code == 404
