"""Places side by side."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.clients import (
    BROWSER,
    Text,
    get,
)


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
