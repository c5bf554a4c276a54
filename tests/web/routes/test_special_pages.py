"""The moon and the manual."""

from __future__ import annotations

import re
import subprocess

import pytest
from flask.testing import FlaskClient

from tests.views.picture.images import read
from tests.web.clients import BROWSER, CURL, get
from weather.views.oneline.letters import LETTERS, MEANINGS
from weather.web import parameters

PLAIN_TEXT = "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/moon", "/Moon", "/MOON", "/moon@2026-05-31", "/Moon@2026-05-31"]
)
@pytest.mark.parametrize("headers", [CURL, {}])
def test_the_moon_is_text(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    response = get(client, path, headers=headers)
    assert (response.status_code, response.content_type) == (200, PLAIN_TEXT)
    assert len(response.text.splitlines()) == 25


@pytest.mark.parametrize("path", ["/moon", "/Moon@2026-05-31?lang=de", "/moon?I&T", "/v2/moon"])
def test_browsers_get_the_moon_on_a_page(client: FlaskClient, path: str) -> None:
    response = get(client, path, headers=BROWSER)
    assert response.content_type == "text/html; charset=utf-8"
    assert "\x1b" not in response.text
    title = re.search("<title>(.+)</title>", response.text)
    assert title
    assert title[1].replace(" ", "\xa0") in response.text
    assert ("Vollmond" in title[1]) == ("de" in path)
    text = get(client, path, headers={**BROWSER, "User-Agent": "curl/8"})
    assert text.content_type == PLAIN_TEXT
    forced = path + ("&A" if "?" in path else "?A")
    assert get(client, forced, headers=BROWSER).data == text.data


def test_the_moon_of_a_date(client: FlaskClient) -> None:
    assert "Full moon, 100 %" in get(client, "/moon@2026-05-31?T", headers=CURL).text
    assert "New moon, 0 %" in get(client, "/moon@2026-02-17?T", headers=CURL).text


@pytest.mark.parametrize("date", ["", "2026-02-30", "tomorrow", "0000-00-00", "@"])
def test_an_impossible_date_is_today(client: FlaskClient, date: str) -> None:
    today = get(client, "/moon?T", headers=CURL)
    assert get(client, f"/moon@{date}?T", headers=CURL).text == today.text


@pytest.mark.parametrize(
    "date", ["9999-12-31", "1899-12-31", "2101-01-01", "31.12.9999", "1 Jan 1066"]
)
@pytest.mark.parametrize("suffix", ["", ".png"])
def test_a_date_whose_moon_cannot_be_computed_is_an_error(
    client: FlaskClient, date: str, suffix: str
) -> None:
    response = get(client, f"/Moon@{date}{suffix}?T", headers=CURL)
    assert response.status_code == 400
    assert "1900 to 2100" in response.text


@pytest.mark.parametrize("date", ["1900-01-01", "2100-12-31"])
def test_the_first_and_the_last_moon_are_computed(client: FlaskClient, date: str) -> None:
    assert get(client, f"/Moon@{date}", headers=CURL).status_code == 200


def test_the_moon_is_in_the_language_of_the_request(client: FlaskClient) -> None:
    assert "Vollmond" in get(client, "/moon?lang=de", headers=CURL).text


def test_the_moon_depends_on_the_hemisphere_of_the_visitor(client: FlaskClient) -> None:
    north = get(client, "/moon@2026-02-24?T", headers=CURL)
    south = get(client, "/moon@2026-02-24?T", headers={**CURL, "X-Forwarded-For": "1.1.1.1"})
    assert "private" in north.headers["Cache-Control"]
    assert south.status_code == 200


def test_the_moon_is_a_picture(client: FlaskClient) -> None:
    image = read(get(client, "/moon.png", headers=BROWSER).data)
    assert image.size[1] == 25 * 19
    assert get(client, "/moon.svg", headers=BROWSER).text.startswith("<svg")
    other = get(client, "/Moon@2026-05-31_F.png", headers=BROWSER)
    assert read(other.data).size[1] == 23 * 19


def test_an_address_that_begins_with_colons_is_an_address(client: FlaskClient) -> None:
    response = get(client, "/::ffff:8.8.8.8?format=json", headers=CURL)
    assert response.status_code == 200
    assert "page" not in get(client, "/::1", headers=CURL).text


def test_a_town_named_moon_is_a_town(client: FlaskClient) -> None:
    assert "Full moon" not in get(client, "/moon,US", headers=CURL).text


def test_the_manual_names_every_letter_and_option(client: FlaskClient) -> None:
    response = get(client, "/:help", headers=BROWSER)
    assert (response.status_code, response.content_type) == (200, PLAIN_TEXT)
    for entry in parameters.LETTERS:
        assert f"  {entry.letter} " in response.text
    for parameter in (*parameters.PRESENTATION, *parameters.PICTURE):
        assert f"{parameter.name}=" in response.text
    for letter in LETTERS:
        assert f"%{letter} " in response.text
    assert max(map(len, response.text.splitlines())) <= 100


def test_every_letter_of_a_line_has_a_meaning() -> None:
    assert MEANINGS.keys() == LETTERS.keys()


def test_the_function_for_bash_is_valid(client: FlaskClient) -> None:
    script = get(client, "/:bash.function", headers=CURL).text
    subprocess.run(["bash", "-n"], input=script.encode(), check=True)


def test_the_manual_is_the_same_for_all_and_can_be_cached(client: FlaskClient) -> None:
    response = get(client, "/:translation", headers=CURL)
    assert "Deutsch" in response.text
    assert response.headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("path", ["/:", "/:nothing", "/:../../etc/passwd"])
def test_an_unknown_page_is_404(client: FlaskClient, path: str) -> None:
    assert get(client, path, headers=CURL).status_code == 404
