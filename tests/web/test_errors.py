"""Errors in every view."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.exceptions import GatewayTimeout
from werkzeug.test import TestResponse

from simulator import Upstreams, faults
from tests.web.clients import (
    BROWSER,
    CURL,
    FROM_LONDON,
    PROGRAM,
    assert_error,
    get,
)
from weather.core.errors import WeatherError
from weather.web.problems import of_http

# Latin-1 is what a header can carry; a path and a query come as any bytes.
HEADER = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=200)
NAMES = st.sampled_from(
    [*("q", "lat", "lon", "ip", "units", "lang", "format", "days", "hours", "0nTq", "A"), "x"]
)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("headers", [BROWSER, CURL, PROGRAM])
def test_other_methods_are_not_allowed(
    client: FlaskClient, method: str, headers: dict[str, str]
) -> None:
    response = getattr(client, method)("/Paris", headers=headers)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert_error(response, headers)


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
        ("/Paris?hours=999", 400),
        ("/api/v1/weather?q=Paris&days=99", 400),
        ("/Paris?format=xml", 400),
        ("/Paris?format=j9", 400),
        ("/Paris?format=line", 400),
        ("/Xyzzyville", 404),
        ("/?q=" + "x" * 200, 400),
        ("/?q=%00", 400),
        ("/%00", 400),
        ("/?q=a%0d%0ab", 400),
        ("/?q=%E2%80%AEtxt", 400),
        ("/%ff%fe", 404),  # ÿþ in Windows-1252
        ("/%81", 400),  # a control character in Latin-1
        ("/a/b/c", 404),
        ("/wp-login.php", 404),
        ("/.env", 404),
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
def test_paths_of_scanners_cause_no_upstream_call(
    client: FlaskClient, upstreams: Upstreams, path: str
) -> None:
    get(client, path, headers=CURL)
    assert upstreams.calls() == []


@pytest.mark.parametrize("headers", [BROWSER, CURL, PROGRAM], ids=["page", "text", "json"])
def test_an_outage_is_an_error_in_every_view(
    client: FlaskClient, upstreams: Upstreams, headers: dict[str, str]
) -> None:
    upstreams.fail("*", faults.down())
    for path in ("/?strict=1", "/Paris?strict=1", "/48,8?strict=1"):
        response = get(client, path, headers=headers, environ_overrides=FROM_LONDON)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert_error(response, headers)


@pytest.mark.parametrize("fault", [faults.invalid_json(), faults.down(), faults.timeout()])
@pytest.mark.parametrize("path", ["/48,8?format=j1", "/48,8?format=j2", "/api/v1/rain?q=48,8"])
def test_the_body_of_an_error_for_programs_has_the_status_of_its_response(
    make_app: Callable[..., Flask], upstreams: Upstreams, fault: faults.Fault, path: str
) -> None:
    upstreams.fail("*", fault)
    client = make_app(deadline=0.3).test_client()
    response = get(client, path, headers=PROGRAM)
    problem = response.get_json()
    assert (response.status_code, problem["status"]) == (503, 503)
    assert problem["type"] == "/problems/upstream-unavailable"
    assert str(problem["retry_after"]) == response.headers["Retry-After"]


def test_a_visitor_without_a_known_place_is_asked_for_one(client: FlaskClient) -> None:
    nowhere = {"REMOTE_ADDR": "203.0.113.5"}
    response = get(client, "/", headers=BROWSER, environ_overrides=nowhere)
    assert response.status_code == 404
    assert "Where are you?" in response.text
    assert get(client, "/", headers=CURL, environ_overrides=nowhere).text.startswith("Where are")
    assert get(client, "/Paris", headers=CURL, environ_overrides=nowhere).status_code == 200


def test_an_unknown_name_in_a_terminal(client: FlaskClient) -> None:
    assert get(client, "/Xyzzyville", headers=CURL).text.startswith("Unknown location")


def test_what_visitors_write_is_escaped(client: FlaskClient) -> None:
    response = get(client, "/?q=<script>alert(1)</script>{{7*7}}", headers=BROWSER)
    assert response.status_code == 404
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;" in response.text
    assert "{{7*7}}" in response.text


def test_a_bug_is_rendered_like_other_errors(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weather.web.routes.weather._respond", lambda *_: 1 / 0)
    client = make_app().test_client()
    for headers in (BROWSER, CURL, PROGRAM):
        response = get(client, "/", headers=headers)
        assert response.status_code == 500
        assert_error(response, headers)


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
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
def test_no_request_causes_a_server_error(
    client: FlaskClient, path: bytes, query: list[tuple[str, bytes]], headers: dict[str, str]
) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in path)
    pairs = "&".join(f"{name}={''.join(f'%{byte:02x}' for byte in value)}" for name, value in query)
    response = client.get(f"/{quoted}?{pairs}", headers=headers)
    assert response.status_code < 500, response.text
    assert "Traceback" not in response.text
    if response.content_type and "json" in response.content_type:
        json.loads(response.text)


def test_a_bug_in_the_parser_is_rendered_as_text(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weather.web.request_parser.parse", lambda request: 1 / 0)
    response = get(make_app().test_client(), "/", headers=BROWSER)
    assert response.status_code == 500
    assert_error(response, CURL)


@pytest.mark.parametrize("path", ["/Paris?hours=999&lang=de", "/Paris?lang=de&format=xml"])
def test_an_error_is_in_the_requested_language(client: FlaskClient, path: str) -> None:
    response = get(client, path, headers=BROWSER)
    assert response.status_code == 400
    assert '<html lang="de"' in response.text


@pytest.mark.parametrize(
    ("request_line", "headers", "status", "title"),
    [
        ("GET /", {"Host": "a b"}, 400, "Bad Request"),
        ("DELETE /", {}, 405, "Method Not Allowed"),
        ("POST /settings", {"Content-Type": "text/plain"}, 415, "Unsupported Media Type"),
    ],
)
def test_what_http_does_not_allow_is_no_fault_of_ours(
    client: FlaskClient, request_line: str, headers: dict[str, str], status: int, title: str
) -> None:
    def response(**more: str) -> TestResponse:
        method, path = request_line.split()
        all_headers = {**BROWSER, **headers, **more}
        return client.open(path, method=method, headers=all_headers, data=b"text")

    english, german = response(), response(**{"Accept-Language": "de"})
    assert (english.status_code, german.status_code) == (status, status)
    assert f"<title>{title} ·" in english.text
    assert "<title>Anfrage abgelehnt ·" in german.text
    assert "Die Anfrage hat eine Form, die hier nicht angenommen wird." in german.text
    assert json.loads(response(Accept="application/json").text)["title"] == title


def test_a_fault_of_the_server_that_http_names_keeps_its_status_and_name() -> None:
    problem = of_http(GatewayTimeout("Late."))
    assert (problem.status, problem.title, problem.type, problem.message) == (
        *(504, "Gateway Timeout"),
        *("internal-error", "Late."),
    )


def test_an_error_is_in_the_saved_language(client: FlaskClient) -> None:
    client.post("/settings", data={"lang": "de", "units": "imperial"})
    assert '<html lang="de"' in get(client, "/Paris?hours=999", headers=BROWSER).text


@pytest.mark.parametrize(
    "path",
    [
        "/preview.png?q=Paris&days=99",
        "/Paris?city=Bergen&_=1",
        "/?q=Paris&q=Oslo",
        "/compare?q=Paris&city=Oslo",
    ],
)
def test_options_that_a_route_does_not_declare_are_ignored(client: FlaskClient, path: str) -> None:
    assert get(client, path).status_code == 200


def test_an_invalid_switch_is_an_error(client: FlaskClient) -> None:
    assert get(client, "/Paris?strict=abc", headers=PROGRAM).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/api/v1/weather?q=Xyzzyville", 404, "unknown-location"),
        ("GET", "/api/v1/none", 404, "unknown-path"),
        ("GET", "/a/b/c?format=json", 404, "unknown-path"),
        ("GET", "/static/none.js", 404, "unknown-path"),
        ("GET", "/:none", 404, "unknown-path"),
        ("GET", "/api/v1/weather?ip=10.0.0.1", 404, "unknown-visitor-location"),
        ("GET", "/api/v1/weather?lat=91&lon=0", 400, "invalid-location"),
        ("GET", "/api/v1/weather?q=Paris&hours=999", 400, "invalid-parameter"),
        ("POST", "/api/v1/weather?q=Paris", 405, "method-not-allowed"),
    ],
)
def test_each_kind_of_error_has_a_type_of_its_own(
    client: FlaskClient, method: str, path: str, status: int, name: str
) -> None:
    problem = client.open(path, method=method, headers=PROGRAM)
    assert problem.status_code == status
    assert problem.get_json()["type"] == f"/problems/{name}"
    assert (problem.get_json()["title"] == "Unknown location") == (name == "unknown-location")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("lat=91&lon=0", "lat"),
        ("lat=1&lon=181", "lon"),
        ("lat=5", "lon"),
        ("lat=x&lon=0", "lat"),
        ("ip=house", "ip"),
        ("q=91,0", "q"),
        ("location=%00", "location"),
    ],
)
def test_a_place_that_cannot_be_names_its_parameter(
    client: FlaskClient, query: str, name: str
) -> None:
    problem = client.get(f"/api/v1/weather?{query}", headers=PROGRAM).get_json()
    assert (problem["type"], problem["parameter"]) == ("/problems/invalid-location", name)


def test_each_class_of_error_has_a_type_of_its_own() -> None:
    types = [error.type for error in _classes(WeatherError)]
    assert len(set(types)) == len(types)


def _classes(root: type[WeatherError]) -> list[type[WeatherError]]:
    own = [c for c in root.__subclasses__() if c.__module__ == root.__module__]
    return [root, *(error for child in own for error in _classes(child))]


def test_a_client_past_its_rate_limit_is_told_when_to_try_again(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(rate_limit=1).test_client()
    for _ in range(2):
        response = get(client, "/api/v1/none", environ_overrides=FROM_LONDON)
    problem = response.get_json()
    assert (response.status_code, problem["type"]) == (429, "/problems/too-many-requests")
    assert problem["retry_after"] == int(response.headers["Retry-After"]) > 0


def test_the_type_of_a_problem_is_below_the_prefix_of_the_service(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(public_url="https://host.example/weather").test_client()
    problem = get(client, "/weather/api/v1/none").get_json()
    assert problem["type"] == "/weather/problems/unknown-path"
