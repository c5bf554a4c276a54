"""The door, in process: routes, negotiation, conditional requests, errors in every form."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from simulator import Upstreams, faults
from tests.conftest import Clock
from weather.web.client_address import TrustedProxies

BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}
CURL = {"User-Agent": "curl/8.14.1", "Accept": "*/*"}
PROGRAM = {"User-Agent": "thing/1", "Accept": "application/json"}
FROM_LONDON = {"REMOTE_ADDR": "81.2.69.160"}
FROM_AMERICA = {"REMOTE_ADDR": "8.8.8.8"}


def get(client: FlaskClient, path: str, **options: Any) -> TestResponse:
    return client.get(path, **options)


# Where


def test_the_weather_where_the_visitor_is(client: FlaskClient) -> None:
    told = get(client, "/", headers=PROGRAM, environ_overrides=FROM_LONDON).get_json()
    assert (told["place"]["name"], told["place"]["found_by"]) == ("London", "visitor")


def test_the_weather_where_the_server_is_for_its_own_network(client: FlaskClient) -> None:
    told = get(client, "/", headers=PROGRAM).get_json()
    assert (told["place"]["name"], told["place"]["found_by"]) == ("Zurich", "server")


@pytest.mark.parametrize(
    ("path", "name", "found_by"),
    [
        ("/Paris", "Paris", "name"),
        ("/?q=Paris", "Paris", "name"),
        ("/Paris,Texas", "Paris", "name"),
        ("/New+York", "New York", "name"),
        ("/%D0%9C%D0%BE%D1%81%D0%BA%D0%B2%D0%B0", "Moscow", "name"),
        ("/~JFK", None, "name"),
        ("/48.85,2.35", None, "coordinates"),
        ("/?lat=48.85&lon=2.35", None, "coordinates"),
        ("/?ip=81.2.69.160", "London", "address"),
        ("/81.2.69.160", "London", "address"),
        ("/api/v1/weather?q=Paris", "Paris", "name"),
        ("/api/v1/weather?lat=-90&lon=180", None, "coordinates"),
    ],
)
def test_where(client: FlaskClient, path: str, name: str | None, found_by: str) -> None:
    response = get(client, path, headers=PROGRAM)
    assert response.status_code == 200, response.text
    place = response.get_json()["place"]
    assert place["found_by"] == found_by
    assert name is None or place["name"] == name


def test_forwarded_addresses_change_nothing_behind_no_proxy(client: FlaskClient) -> None:
    headers = {**PROGRAM, "X-Forwarded-For": "8.8.8.8", "X-Real-IP": "8.8.8.8"}
    headers |= {"Forwarded": "for=8.8.8.8", "CF-Connecting-IP": "8.8.8.8"}
    assert get(client, "/", headers=headers).get_json()["place"]["name"] == "Zurich"


def test_forwarded_addresses_of_a_trusted_proxy(make_app: Callable[..., Flask]) -> None:
    client = make_app(trusted_proxies="1").test_client()
    headers = {**PROGRAM, "X-Forwarded-For": "8.8.8.8, 81.2.69.160"}
    assert get(client, "/", headers=headers).get_json()["place"]["name"] == "London"
    assert TrustedProxies.parse("1").hops == 1


def test_namesakes_are_told_apart(client: FlaskClient) -> None:
    others = get(client, "/Paris", headers=PROGRAM).get_json()["alternatives"]
    assert ("Texas", "US") in {(place["region"], place["country_code"]) for place in others}
    assert "Texas" in get(client, "/Paris", headers=BROWSER).text


def test_places(client: FlaskClient) -> None:
    told = get(client, "/api/v1/places?q=Paris").get_json()
    assert told["places"][0]["country_code"] == "FR"
    assert told["attribution"][0]["url"] == "https://www.geonames.org/"
    assert get(client, "/api/v1/places?q=Xyzzy").get_json()["places"] == []
    assert get(client, "/api/v1/places").status_code == 400


# How


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
def test_negotiation(
    client: FlaskClient, path: str, headers: dict[str, str], content_type: str
) -> None:
    response = get(client, path, headers=headers)
    assert (response.status_code, response.content_type) == (200, content_type)


@pytest.mark.parametrize(
    ("path", "visitor", "temperature", "wind"),
    [
        ("/Paris", FROM_LONDON, "°C", "km/h"),
        ("/", FROM_AMERICA, "°F", "mph"),
        ("/?units=metric", FROM_AMERICA, "°C", "km/h"),
        ("/?units=ms", FROM_AMERICA, "°C", "m/s"),
        ("/Paris?units=imperial", FROM_LONDON, "°F", "mph"),
        ("/Paris?u", FROM_LONDON, "°F", "mph"),
        ("/Paris?M", FROM_LONDON, "°C", "m/s"),
    ],
)
def test_units(
    client: FlaskClient, path: str, visitor: dict[str, str], temperature: str, wind: str
) -> None:
    units = get(client, path, headers=PROGRAM, environ_overrides=visitor).get_json()["units"]
    assert (units["temperature"], units["wind_speed"]) == (temperature, wind)


def test_units_are_converted_not_renamed(client: FlaskClient) -> None:
    metric = get(client, "/Paris?units=metric", headers=PROGRAM).get_json()["current"]
    imperial = get(client, "/Paris?units=imperial", headers=PROGRAM).get_json()["current"]
    assert imperial["temperature"] == pytest.approx(metric["temperature"] * 1.8 + 32, abs=0.1)
    assert imperial["wind_speed"] == pytest.approx(metric["wind_speed"] / 1.609344, abs=0.1)
    assert imperial["pressure_msl"] == pytest.approx(metric["pressure_msl"] * 0.02953, abs=0.02)


def test_how_much(client: FlaskClient) -> None:
    told = get(client, "/Paris", headers=PROGRAM).get_json()
    assert (len(told["hourly"]), len(told["daily"]), len(told["astronomy"])) == (48, 16, 16)
    told = get(client, "/Paris?hours=100&days=3", headers=PROGRAM).get_json()
    assert (len(told["hourly"]), len(told["daily"]), len(told["astronomy"])) == (100, 3, 3)


def test_sample_data_says_so_everywhere(make_app: Callable[..., Flask]) -> None:
    client = make_app(sample_data=True).test_client()
    assert get(client, "/Paris", headers=PROGRAM).get_json()["provenance"]["sample"] is True
    assert "SAMPLE DATA" in get(client, "/Paris?0T", headers=CURL).text
    assert "SAMPLE DATA" in get(client, "/Paris?format=%t", headers=CURL).text
    assert "Sample data" in get(client, "/Paris", headers=BROWSER).text


def test_an_empty_search_is_not_the_flag_q(client: FlaskClient) -> None:
    assert get(client, "/?q=&T", headers=CURL).text.startswith("Weather report: Zurich")
    assert get(client, "/?q&T", headers=CURL).text.startswith("Zurich")


@pytest.mark.parametrize("path", ["/Paris?m", "/Paris?units=metric"])
def test_units_in_the_url_take_precedence_over_saved_ones(client: FlaskClient, path: str) -> None:
    client.post("/settings", data={"units": "imperial"})
    assert "°C" in get(client, path, headers=BROWSER).text


# HTTP


def test_pages_behind_a_tls_proxy_name_its_scheme(make_app: Callable[..., Flask]) -> None:
    headers = {**BROWSER, "X-Forwarded-For": "81.2.69.160", "X-Forwarded-Proto": "https"}
    behind = make_app(trusted_proxies="1").test_client()
    assert "curl https://localhost/Paris" in get(behind, "/Paris", headers=headers).text
    saved = behind.post("/settings", data={"units": "ms"}, headers=headers)
    assert "Secure" in saved.headers["Set-Cookie"]
    direct = make_app().test_client()
    assert "curl http://localhost/Paris" in get(direct, "/Paris", headers=headers).text


def test_conditional_requests(client: FlaskClient, clock: Clock) -> None:
    first = get(client, "/Paris", headers=PROGRAM)
    etag = first.headers["ETag"]
    for header in (etag, f'"other", {etag}', etag.removeprefix("W/"), "*"):
        again = get(client, "/Paris", headers={**PROGRAM, "If-None-Match": header})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == etag
    clock.advance(minutes=2)
    assert get(client, "/Paris", headers={**PROGRAM, "If-None-Match": etag}).status_code == 304
    clock.advance(minutes=80)
    assert get(client, "/Paris", headers={**PROGRAM, "If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("header", ["", "garbage", 'W/"', '"' * 50, "W/W/W", "\u00e9", "x" * 4000])
def test_malformed_validators_are_no_match(client: FlaskClient, header: str) -> None:
    response = get(client, "/Paris", headers={**PROGRAM, "If-None-Match": header})
    assert response.status_code == 200


def test_every_representation_and_preference_has_its_own_validator(client: FlaskClient) -> None:
    tags = {
        get(client, path, headers=headers).headers["ETag"]
        for headers in (BROWSER, CURL, PROGRAM)
        for path in ("/Paris", "/Paris?u", "/Paris?days=1", "/London")
    }
    assert len(tags) == 12


def test_freshness_is_told(client: FlaskClient, clock: Clock) -> None:
    get(client, "/Paris?units=metric", headers=PROGRAM)
    clock.advance(minutes=5)
    response = get(client, "/Paris?units=metric", headers=PROGRAM)
    # To the next quarter of an hour, 8:30, and less than a minute more.
    kept = re.fullmatch(
        r"public, max-age=(\d+), stale-if-error=3600", response.headers["Cache-Control"]
    )
    assert kept
    assert 600 <= int(kept[1]) < 660
    assert response.headers["Age"] == "300"
    assert response.headers["Cache-Status"] == f"weather; hit; ttl={int(kept[1]) - 300}"
    assert response.get_json()["provenance"]["age"] == 300


@pytest.mark.parametrize("path", ["/", "/?units=metric", "/Paris"])
def test_what_follows_from_an_address_is_private(client: FlaskClient, path: str) -> None:
    assert "private" in get(client, path, headers=PROGRAM).headers["Cache-Control"]


def test_stale_answers_say_so(client: FlaskClient, upstreams: Upstreams, clock: Clock) -> None:
    get(client, "/Paris", headers=PROGRAM)
    upstreams.fail("*", faults.down())
    clock.advance(hours=2)
    told = get(client, "/Paris", headers=PROGRAM)
    assert told.status_code == 200
    assert told.get_json()["provenance"]["stale"] is True
    assert told.headers["Age"] == "7200"
    assert "2 h" in get(client, "/Paris", headers=BROWSER).text


def test_compression(client: FlaskClient) -> None:
    plain = get(client, "/Paris", headers=PROGRAM)
    packed = get(client, "/Paris", headers={**PROGRAM, "Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    refused = get(client, "/Paris", headers={**PROGRAM, "Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_head_is_get_without_a_body(client: FlaskClient) -> None:
    for headers in (BROWSER, CURL, PROGRAM):
        got, head = get(client, "/Paris", headers=headers), client.head("/Paris", headers=headers)
        assert head.data == b""
        assert head.headers["Content-Length"] == got.headers["Content-Length"]
        assert head.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("headers", [BROWSER, CURL, PROGRAM])
def test_other_methods(client: FlaskClient, method: str, headers: dict[str, str]) -> None:
    response = getattr(client, method)("/Paris", headers=headers)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert_error(response, headers)


def test_security_headers(client: FlaskClient) -> None:
    for path in ("/Paris", "/", "/healthz", "/nowhere/at/all", "/static/favicon.svg"):
        headers = get(client, path, headers=BROWSER).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_small_things(client: FlaskClient) -> None:
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


def test_health(client: FlaskClient, upstreams: Upstreams) -> None:
    assert get(client, "/healthz").get_json() == {"status": "alive"}
    assert get(client, "/readyz").get_json()["status"] == "ready"
    assert upstreams.calls() == [], "no upstream is involved"
    upstreams.fail("*", faults.down())
    assert get(client, "/48,8?strict=1", headers=PROGRAM).status_code == 503
    assert get(client, "/readyz").status_code == 503
    assert get(client, "/healthz").status_code == 200
    upstreams.heal()
    assert get(client, "/48,8", headers=PROGRAM).status_code == 200
    assert get(client, "/readyz").status_code == 200


# What is kept


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("kept")
    return found.decoded_value if found else ""


def test_units_and_language_are_kept(client: FlaskClient) -> None:
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
    assert metric == "°C", "programs are not asked for cookies"


def test_places_are_kept_and_forgotten(client: FlaskClient) -> None:
    place = "Paris, Île-de-France, FR"
    client.post("/settings", data={"keep": place, "back": "/Paris"})
    client.post("/settings", data={"keep": "Oslo, NO"})
    assert "Side by side" in get(client, "/Tokyo", headers=BROWSER).text
    assert "★" in get(client, "/Paris", headers=BROWSER).text
    client.post("/settings", data={"forget": place})
    assert "★" not in get(client, "/Paris", headers=BROWSER).text


@pytest.mark.parametrize(
    "back",
    ["//evil.example/", "https://evil.example", "/\\evil.example", "", "x", "/a\r\nb: c", "/ "],
)
def test_a_form_leads_to_no_other_host(client: FlaskClient, back: str) -> None:
    answer = client.post("/settings", data={"units": "ms", "back": back})
    assert answer.headers["Location"] == "/"


def test_other_sites_and_long_forms_change_nothing(client: FlaskClient) -> None:
    from_elsewhere = {"Sec-Fetch-Site": "cross-site"}
    refused = client.post("/settings", data={"units": "ms"}, headers=from_elsewhere)
    assert refused.status_code == 400
    assert client.post("/settings", data={"keep": "x" * 20_000}).status_code == 413
    assert cookie(client) == ""


def test_what_one_keeps_is_not_shown_to_another(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    mine, yours = app.test_client(), app.test_client()
    mine.post("/settings", data={"keep": "My Secret Village", "lang": "fr"})
    assert "My Secret Village" in get(mine, "/Paris", headers=BROWSER).text
    assert "My Secret Village" not in get(yours, "/Paris", headers=BROWSER).text


def test_the_preview_of_a_page(client: FlaskClient) -> None:
    page = get(client, "/Paris?units=imperial", headers=BROWSER).text
    (url,) = re.findall(r'og:image" content="http://localhost([^"]+)"', page)
    picture = get(client, unescape(url))
    assert (picture.status_code, picture.content_type) == (200, "image/png")
    assert picture.data.startswith(b"\x89PNG")
    assert get(client, "/preview.png?q=Xyzzyville").status_code == 404
    assert get(client, "/preview.png").status_code == 404, "a visitor's own place is not asked"


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
    ("path", "headers", "words"),
    [
        ("/Paris?lang=de", BROWSER, "Die nächsten 24 Stunden"),
        ("/Paris", {**BROWSER, "Accept-Language": "ja"}, "今後24時間"),
        ("/Paris?lang=de&T", CURL, "Wetterbericht: Paris"),
        ("/Xyzzyville?lang=de", CURL, "Unbekannter Ort: Ein solcher Ort ist nicht bekannt."),
        ("/Xyzzyville", {**BROWSER, "Accept-Language": "ar"}, 'dir="rtl"'),
    ],
)
def test_languages(client: FlaskClient, path: str, headers: dict[str, str], words: str) -> None:
    assert words in get(client, path, headers=headers).text


# One line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/Paris?format=3", r"Paris: \S+ +[+-]\d+°C\n"),
        ("/Paris?format=4&u", r"Paris: \S+ +🌡️[+-]\d+°F 🌬️[↓↙←↖↑↗→↘]\d+mph\n"),
        ("/Paris?M&format=%w", r"[↓↙←↖↑↗→↘]\d+m/s"),
        ("/Paris?format=%l:+%t+%ffeels", r"Paris: [+-]\d+°C [+-]\d+°Cfeels"),
        ("/new_york?format=%l", "new york"),
        ("/?q=~Paris,Texas&format=%l", "Paris, Texas"),
        ("/48.85,2.35?format=%l", "48.85,2.35"),
        ("/?lat=-48.5&lon=2&format=%l", "-48.5,2"),
        ("/?format=%l", "Zurich, CH"),
        ("/81.2.69.160?format=%l", "London, England, GB"),
        ("/Paris?lang=de&format=%C", "Überwiegend klar|Teils bewölkt|Bedeckt"),
        ("/Paris?format=<b>%Z</b>", "<b>Europe/Paris</b>"),
    ],
)
def test_one_line(client: FlaskClient, path: str, line: str) -> None:
    for headers in (CURL, BROWSER, PROGRAM):
        response = get(client, path, headers=headers)
        assert re.fullmatch(line, response.text), response.text
        assert response.content_type == "text/plain; charset=utf-8"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_every_line_has_its_own_validator(client: FlaskClient) -> None:
    paths = ("/Paris?format=1", "/paris?format=%c+%t\\n", "/Paris?format=3", "/paris?format=3")
    answers = [get(client, path) for path in paths]
    assert len({answer.headers["ETag"] for answer in answers}) == 4
    assert answers[0].text == answers[1].text
    again = get(client, paths[0], headers={"If-None-Match": answers[0].headers["ETag"]})
    assert again.status_code == 304


def test_a_line_that_tells_the_time_is_right_for_a_minute(
    client: FlaskClient, clock: Clock
) -> None:
    first = get(client, "/Paris?format=%T&units=metric")
    assert first.text == "10:20:00+0200"
    assert first.headers["Cache-Control"] == "public, max-age=60"
    clock.advance(minutes=1)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert get(client, "/Paris?format=%T&units=metric", headers=tag).text == "10:21:00+0200"


@pytest.mark.parametrize("path", ["/Xyzzyville", "/a/b/c", "/?ip=10.0.0.1", "/.env"])
@pytest.mark.parametrize("option", ["format=3", "format=%l:+%t", "format=1&lang=de"])
def test_an_unknown_place_in_one_line(client: FlaskClient, path: str, option: str) -> None:
    response = get(client, f"{path}{'&' if '?' in path else '?'}{option}", headers=BROWSER)
    assert response.status_code == 404
    assert response.content_type == "text/plain; charset=utf-8"
    assert re.fullmatch("Unknown location: [^\n]+\n", response.text)


def test_an_outage_in_one_line(client: FlaskClient, upstreams: Upstreams, clock: Clock) -> None:
    custom = "/Paris?format=%t|%a"
    fresh = get(client, custom).text
    assert fresh.endswith("C|")
    upstreams.fail("*", faults.down())
    usual = get(client, "/Oslo?format=3")
    assert usual.status_code == 200
    assert re.fullmatch(r"Oslo: ❔ +~\+\d+°C \(NO FORECAST: what is usual here\)\n", usual.text)
    assert usual.headers["Cache-Control"] == "private, max-age=60"
    strict = get(client, "/Oslo?format=3&strict=1")
    assert strict.status_code == 503
    assert re.fullmatch("The weather service[^\n]+\n", strict.text)
    clock.advance(hours=3)
    assert re.fullmatch(r"Paris: .*C \(stale: 3 h old\)\n", get(client, "/Paris?format=3").text)
    stale = get(client, custom)
    assert re.fullmatch(r"[+-]\d+°C\|3 h", stale.text)
    assert stale.headers["Age"] == "10800"


# Errors


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
    """An error in the representation asked for, with nothing in it that is not for visitors."""
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


@pytest.mark.parametrize("headers", [BROWSER, CURL, PROGRAM], ids=["page", "text", "json"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/91,0", 400),
        ("/?lat=1", 400),
        ("/?lat=NaN&lon=1", 400),
        ("/?lat=1e309&lon=1", 400),
        ("/?lat=%D9%A3&lon=1", 400),
        ("/?lat=1&lon=180.1", 400),
        ("/?ip=localhost", 400),
        ("/?ip=0177.0.0.1", 400),
        ("/?ip=10.0.0.1", 404),
        ("/?ip=::ffff:10.0.0.1", 404),
        ("/?ip=fe80::1%25eth0", 404),
        ("/?ip=100.64.0.1", 404),
        ("/?ip=169.254.169.254", 404),
        ("/?units=kelvin", 400),
        ("/Paris?days=99", 400),
        ("/Paris?format=xml", 400),
        ("/Paris?format=j1", 400),
        ("/Paris?format=line", 400),
        ("/Xyzzyville", 404),
        ("/?q=" + "x" * 200, 400),
        ("/?q=%00", 400),
        ("/%00", 400),
        ("/?q=a%0d%0ab", 400),
        ("/?q=%E2%80%AEtxt", 400),
        ("/%ff%fe", 400),
        ("/a/b/c", 404),
        ("/wp-login.php", 404),
        ("/.env", 404),
        ("/apple-touch-icon.png", 404),
        ("/api/v2/weather", 404),
    ],
)
def test_bad_input(client: FlaskClient, path: str, status: int, headers: dict[str, str]) -> None:
    response = get(client, path, headers=headers)
    assert response.status_code == status, response.text
    if path.startswith("/api/"):
        headers = PROGRAM
    assert_error(response, headers)


@pytest.mark.parametrize("path", ["/wp-login.php", "/.env", "/a.xml", "/?ip=10.0.0.1", "/%00"])
def test_what_is_no_place_costs_no_call(
    client: FlaskClient, upstreams: Upstreams, path: str
) -> None:
    get(client, path, headers=CURL)
    assert upstreams.calls() == []


@pytest.mark.parametrize("headers", [BROWSER, CURL, PROGRAM], ids=["page", "text", "json"])
def test_an_outage(client: FlaskClient, upstreams: Upstreams, headers: dict[str, str]) -> None:
    upstreams.fail("*", faults.down())
    for path in ("/?strict=1", "/Paris?strict=1", "/48,8?strict=1"):
        response = get(client, path, headers=headers, environ_overrides=FROM_LONDON)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert_error(response, headers)


def test_a_visitor_whom_nobody_can_place_is_asked(client: FlaskClient) -> None:
    nowhere = {"REMOTE_ADDR": "203.0.113.5"}
    response = get(client, "/", headers=BROWSER, environ_overrides=nowhere)
    assert response.status_code == 404
    assert "Where are you?" in response.text
    assert get(client, "/", headers=CURL, environ_overrides=nowhere).text.startswith("Where are")
    assert get(client, "/Paris", headers=CURL, environ_overrides=nowhere).status_code == 200


def test_an_unknown_name_in_a_terminal(client: FlaskClient) -> None:
    assert get(client, "/Xyzzyville", headers=CURL).text.startswith("Unknown location")


def test_what_visitors_write_is_shown_as_text(client: FlaskClient) -> None:
    response = get(client, "/?q=<script>alert(1)</script>{{7*7}}", headers=BROWSER)
    assert response.status_code == 404
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;" in response.text
    assert "{{7*7}}" in response.text


def test_a_bug_is_an_error_like_others(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weather.web.routes.weather._respond", lambda *_: 1 / 0)
    client = make_app().test_client()
    for headers in (BROWSER, CURL, PROGRAM):
        response = get(client, "/", headers=headers)
        assert response.status_code == 500
        assert_error(response, headers)


def test_one_visitors_host_is_not_shown_to_another(client: FlaskClient) -> None:
    get(client, "/Paris", headers={**BROWSER, "Host": "evil.example"})
    assert "evil.example" not in get(client, "/Paris", headers=BROWSER).text


# Latin-1 is what a header can carry; a path and a query come as any bytes.
HEADER = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=200)
NAMES = st.sampled_from(
    [*("q", "lat", "lon", "ip", "units", "lang", "format", "days", "hours", "0nTq", "A"), "x"]
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.binary(max_size=60),
    query=st.lists(st.tuples(NAMES, st.binary(max_size=40)), max_size=4),
    headers=st.dictionaries(
        st.sampled_from(
            [
                *("Accept", "Accept-Language", "Accept-Encoding", "User-Agent", "Host"),
                *("If-None-Match", "X-Forwarded-For", "Forwarded", "Range", "If-Modified-Since"),
            ]
        ),
        HEADER,
    ),
)
def test_nothing_that_is_sent_is_ever_a_fault_of_ours(
    client: FlaskClient, path: bytes, query: list[tuple[str, bytes]], headers: dict[str, str]
) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in path)
    pairs = "&".join(f"{name}={''.join(f'%{byte:02x}' for byte in value)}" for name, value in query)
    response = client.get(f"/{quoted}?{pairs}", headers=headers)
    assert response.status_code < 500, response.text
    assert "Traceback" not in response.text
    if response.content_type and "json" in response.content_type:
        json.loads(response.text)
