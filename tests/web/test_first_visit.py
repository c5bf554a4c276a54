"""The bytes of a first visit, in all languages: the page with its headers, the service worker and
the manifest, as Chromium counts them in tests/browser."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.clients import BROWSER, get
from weather.i18n.languages import LANGUAGES
from weather.views.html.assets import RARE_STYLE, STYLE

# Ten packets, which a server sends before it waits for the client (RFC 6928).
WINDOW = 14_336


def transferred(client: FlaskClient, path: str, language: str) -> tuple[int, int]:
    """The bytes of the headers and of the compressed body."""
    headers = BROWSER | {"Accept-Language": language, "Accept-Encoding": "gzip"}
    response = get(client, path, headers=headers)
    assert response.status_code == 200
    lines = [response.status, *(f"{name}: {value}" for name, value in response.headers)]
    return sum(len(line) + 2 for line in lines), len(response.data)


def test_a_first_visit_fits_the_initial_window(client: FlaskClient) -> None:
    files = sum(transferred(client, path, "en")[1] for path in ("/sw.js", "/manifest.webmanifest"))
    for language in LANGUAGES:
        visit = sum(transferred(client, "/", language.tag)) + files
        assert visit <= WINDOW, language.tag


def test_a_first_visit_has_no_style_of_what_few_pages_have(client: FlaskClient) -> None:
    first, later = (get(client, path, headers=BROWSER).text for path in ("/", "/?hours=72"))
    assert RARE_STYLE not in first
    assert f"<style>{STYLE}</style>\n<style>{RARE_STYLE}</style>" in later
    assert RARE_STYLE.startswith("@layer rare{.favourites{")
