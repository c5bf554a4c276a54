"""A language, a view or units before a place, in the path and in the host name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams
from tests.views.picture.images import read
from tests.web.clients import BROWSER, CURL, get
from weather.i18n.languages import LANGUAGES
from weather.web import prefixes
from weather.web.public_address import PublicAddress

PUBLIC = PublicAddress.parse("https://weather.example:8443")


@pytest.fixture
def public_client(make_app: Callable[..., Flask]) -> FlaskClient:
    """Of a service whose operator has set its host name."""
    return make_app(public_url="https://weather.example", rate_limit=0).test_client()


def at(client: FlaskClient, host: str, path: str, **headers: str) -> str:
    response = get(client, path, headers={**CURL, "Host": host, **headers})
    assert response.status_code == 200, response.text
    return response.text


@pytest.mark.parametrize(
    ("host", "path", "expected"),
    [
        ("de.weather.example", "", (("lang", "de"),)),
        ("DE.Weather.Example.:8443", "", (("lang", "de"),)),
        ("pt-br.weather.example", "", (("lang", "pt-br"),)),
        ("v2d.weather.example", "", (("view", "v2d"),)),
        ("us.weather.example", "", (("units", "imperial"),)),
        ("v2.de.weather.example", "", (("view", "v2"), ("lang", "de"))),
        ("de.weather.example", "fr", (("lang", "de"), ("lang", "fr"))),
        ("weather.example", "zh_CN", (("lang", "zh_cn"),)),
        ("weather.example", "", ()),
        ("weather.example", "v1", ()),
        ("www.weather.example", "", ()),
        ("deweather.example", "", ()),
        ("de.other.example", "", ()),
        ("de.weather.example.evil.example", "", ()),
        ("192.0.2.1", "", ()),
        ("[2001:db8::1]:80", "", ()),
    ],
)
def test_the_words_before_a_place_are_options(
    host: str, path: str, expected: tuple[object, ...]
) -> None:
    assert prefixes.with_prefixes((), host, path, PUBLIC) == expected


def test_without_a_public_host_its_name_means_nothing() -> None:
    assert prefixes.with_prefixes((), "de.weather.example", "", None) == ()


@pytest.mark.parametrize("option", [("m", None), ("M", ""), ("use_metric", "True"), ("u", None)])
def test_units_of_the_request_come_before_those_of_the_host(
    option: tuple[str, str | None],
) -> None:
    assert prefixes.with_prefixes((option,), "us.weather.example", "", PUBLIC) == (option,)


@pytest.mark.parametrize(
    ("path", "same"),
    [
        ("/de/Berlin", "/Berlin?lang=de"),
        ("/DE/Berlin", "/Berlin?lang=de"),
        ("/de/Berlin/", "/Berlin?lang=de"),
        ("/de//Berlin", "/Berlin?lang=de"),
        ("/pt-br/Berlin?0", "/Berlin?0&lang=pt-br"),
        ("/pt_BR/Berlin", "/Berlin?lang=pt-br"),
        ("/de/Berlin?lang=fr", "/Berlin?lang=fr"),
        ("/de/Berlin?lang=", "/Berlin?lang=de"),
        ("/v2/Berlin?view=&T", "/Berlin?view=v2&T"),
        ("/v2/Berlin", "/Berlin?format=v2"),
        ("/v2d/Berlin", "/Berlin?format=v2d"),
        ("/V2N/Berlin", "/Berlin?format=v2n"),
        ("/v1/Berlin", "/Berlin"),
        ("/v2/Berlin?format=3", "/Berlin?format=3"),
        ("/v2/Berlin?format=j1", "/Berlin?format=j1"),
        ("/v2/Berlin?view=v2d", "/Berlin?view=v2d"),
        ("/v2/Berlin?output=json", "/Berlin?output=json"),
        ("/us/Berlin", "/Berlin?u"),
        ("/us/Berlin?m", "/Berlin?m"),
        ("/de/48.85,2.35", "/48.85,2.35?lang=de"),
        ("/de/moon", "/moon?lang=de"),
        ("/de/:help", "/:help?lang=de"),
        ("/de/GRU?format=3", "/GRU?format=3&lang=de"),
        ("/de/Berlin_lang=fr.png", "/Berlin_lang=fr.png"),
        ("/de/Berlin.png", "/Berlin_lang=de.png"),
        ("/v2/Berlin.png", "/Berlin.png?format=v2"),
        ("/ia/Berlin?format=j1", "/Berlin?format=j1&lang=ia"),
    ],
)
def test_a_path_of_two_segments(client: FlaskClient, path: str, same: str) -> None:
    response, other = get(client, path, headers=CURL), get(client, same, headers=CURL)
    assert response.status_code == other.status_code == 200
    assert response.content_type == other.content_type
    assert response.data == other.data


def test_every_language_and_view_can_precede_a_place(client: FlaskClient) -> None:
    for language in LANGUAGES:
        assert get(client, f"/{language.tag}/Berlin?format=3", headers=CURL).status_code == 200
    for view in ("v2", "v2d", "v2n", "j1", "j2", "p1"):
        assert get(client, f"/{view}/Berlin", headers=CURL).status_code == 200


@pytest.mark.parametrize("path", ["/LA", "/SF", "/la", "/LA/"])
def test_two_letters_alone_are_a_place(client: FlaskClient, path: str) -> None:
    assert get(client, path, headers={"Accept": "application/json"}).get_json()["place"]


@pytest.mark.parametrize(
    "path",
    ["/xx/Berlin", "/wp/Berlin", "/de/fr/Berlin", "/Berlin/de", "/v9/Berlin", "/api/Berlin",
     "/deu/Berlin", "/de-/Berlin", "/html/Berlin", "/de/.env", "/de/wp-login.php"],
)  # fmt: skip
def test_other_paths_of_two_segments_are_404_without_a_call(
    client: FlaskClient, upstreams: Upstreams, path: str
) -> None:
    assert get(client, path, headers=CURL).status_code == 404
    assert upstreams.calls() == []


def test_a_subdomain_is_a_language_or_a_view(public_client: FlaskClient) -> None:
    paths = {
        "de.weather.example": "/Berlin?lang=de",
        "pt-br.weather.example:443": "/Berlin?lang=pt-br",
        "v2.weather.example": "/Berlin?format=v2",
        "us.weather.example": "/Berlin?u",
        "www.weather.example": "/Berlin",
    }
    for host, same in paths.items():
        assert at(public_client, host, "/Berlin") == at(public_client, "weather.example", same)


def test_the_language_of_the_file_name_or_option_comes_before_host_path_and_header(
    public_client: FlaskClient,
) -> None:
    host, french = "de.weather.example", {"Accept-Language": "fr"}
    by_language = {
        tag: at(public_client, "weather.example", f"/Berlin?lang={tag}")
        for tag in ("de", "es", "fr", "it", "en")
    }
    chosen = [
        ("it", host, "/es/Berlin?lang=it"),
        ("de", host, "/es/Berlin"),
        ("de", host, "/Berlin"),
        ("es", "weather.example", "/es/Berlin"),
        ("fr", "weather.example", "/Berlin"),
    ]
    for language, name, path in chosen:
        assert at(public_client, name, path, **french) == by_language[language]
    picture = get(public_client, "/es/Berlin_lang=it.png?lang=fr", headers={**CURL, "Host": host})
    same = get(public_client, "/Berlin_lang=it.png", headers={**CURL, "Host": "weather.example"})
    assert read(picture.data).size == read(same.data).size
    assert picture.data == same.data


def test_responses_of_two_hosts_are_not_mixed_up(public_client: FlaskClient) -> None:
    for _ in range(2):
        texts = {
            at(public_client, f"{name}weather.example", "/Berlin")
            for name in ("", "de.", "fr.", "v2.", "us.")
        }
        assert len(texts) == 5


def test_the_field_names_of_j1_have_the_code_of_the_host(public_client: FlaskClient) -> None:
    headers = {**CURL, "Host": "pt-br.weather.example"}
    document = get(public_client, "/Berlin?format=j1", headers=headers).get_json(force=True)
    assert "lang_pt-br" in document["current_condition"][0]


def test_links_of_a_page_keep_the_language_of_its_path(client: FlaskClient) -> None:
    page = get(client, "/de/Berlin", headers=BROWSER).text
    assert '<html lang="de"' in page
    assert "lang=de" in page


@pytest.mark.parametrize("path", ["/Berlin", "/Berlin?units=metric", "/:help", "/nowhere/at/all"])
def test_where_subdomains_choose_caches_are_told_that_the_host_matters(
    make_app: Callable[..., Flask], public_client: FlaskClient, path: str
) -> None:
    hosts = "weather.example", "us.weather.example"
    for host in hosts:
        vary = get(public_client, path, headers={**CURL, "Host": host}).headers["Vary"]
        assert "Host" in vary.split(", ")
    without = make_app().test_client()
    assert "Host" not in get(without, path, headers=CURL).headers["Vary"].split(", ")
