"""One visitor does not spend the upstream calls of all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from simulator import Upstreams
from tests.conftest import Clock, until
from tests.web.clients import BROWSER, CURL, PROGRAM, assert_error

Make = Callable[..., Flask]

LONDON, NEIGHBOUR, AMERICA = "81.2.69.160", "81.2.69.161", "8.8.8.8"
PROVIDER = {"forecast_providers": ("open-meteo",)}


def get(client: FlaskClient, path: str, visitor: str, **headers: str) -> TestResponse:
    return client.get(
        path, environ_overrides={"REMOTE_ADDR": visitor}, headers={**PROGRAM, **headers}
    )


def provider(response: TestResponse) -> str:
    answer: dict[str, Any] = response.get_json()
    name: str = answer["provenance"]["provider"]
    return name


def spend(client: FlaskClient, visitor: str) -> int:
    """Requests random places until the visitor gets climate normals; how many had a forecast."""
    for number in range(200):
        response = get(client, f"/{number % 60}.5,{number // 60 + 10}.5?units=metric", visitor)
        assert response.status_code == 200
        if provider(response) == "climate-normals":
            return number
    raise AssertionError("the visitor is not limited")


def test_random_places_of_one_visitor_leave_forecasts_to_others(
    make_app: Make, upstreams: Upstreams
) -> None:
    client = make_app(**PROVIDER).test_client()
    served = spend(client, LONDON)
    assert 14 <= served <= 30, "a tenth of 600, by forecasts of 2.9 and air quality of 1.2"
    assert provider(get(client, "/-40.5,150.5", AMERICA)) == "open-meteo"
    own = get(client, "/", LONDON)
    assert provider(own) == "open-meteo", "the visitor's own place is always served"
    assert own.get_json()["place"]["name"] == "London"
    cached = get(client, "/0.5,10.5?units=metric&n=1", LONDON)
    assert provider(cached) == "open-meteo", "what is cached is served"
    calls = len(upstreams.calls("open-meteo"))
    for number in range(20):
        get(client, f"/-{number}.25,100.5", LONDON)
    assert len(upstreams.calls("open-meteo")) == calls


def test_one_network_leaves_forecasts_to_others(make_app: Make) -> None:
    client = make_app(**PROVIDER).test_client()
    made = [
        provider(get(client, f"/{place % 60}.5,{place // 60 + 10}.5", f"81.2.69.{place + 1}"))
        for place in range(120)
    ]
    # A fifth of 600, by forecasts of 2.9 and air quality of 1.2.
    assert 29 <= made.count("open-meteo") <= 60
    assert provider(get(client, "/-40.5,150.5", AMERICA)) == "open-meteo"


def test_many_networks_leave_calls_for_own_places(make_app: Make) -> None:
    client = make_app(**PROVIDER).test_client()
    for place in range(250):
        get(client, f"/{place % 60}.5,{place // 60 + 10}.5", f"{place % 100 + 100}.2.69.1")
    assert provider(get(client, "/-40.5,150.5", AMERICA)) == "climate-normals"
    assert provider(get(client, "/", LONDON)) == "open-meteo"


@pytest.mark.parametrize("headers", [BROWSER, CURL, PROGRAM])
@pytest.mark.parametrize(
    "path",
    [
        *("/-40.5,150.5?strict=1", "/Nowhere-at-all", "/api/v1/places?q=Nowhere-at-all"),
        "/api/v1/rain?q=-40.5,150.5",
    ],
)
def test_where_nothing_is_cached_the_answer_is_429(
    make_app: Make, path: str, headers: dict[str, str]
) -> None:
    client = make_app(**PROVIDER).test_client()
    spend(client, LONDON)
    refused = get(client, path, LONDON, **headers)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert_error(refused, headers if "/api/" not in path else PROGRAM)


@pytest.mark.parametrize("view", ["j1", "3", "p1"])
def test_it_is_429_for_programs_too(make_app: Make, view: str) -> None:
    client = make_app(**PROVIDER).test_client()
    spend(client, LONDON)
    refused = get(client, f"/-40.5,150.5?format={view}", LONDON, **PROGRAM)
    assert (refused.status_code, refused.is_json) == (429, view == "j1")
    assert int(refused.headers["Retry-After"]) >= 1
    if view == "j1":
        assert refused.get_json()["status"] == 429


def test_what_one_visitor_gets_for_want_of_calls_is_in_no_cache(make_app: Make) -> None:
    client = make_app(**PROVIDER).test_client()
    spend(client, LONDON)
    path = "/-40.5,150.5?units=metric"
    assert get(client, path, LONDON).headers["Cache-Control"] == "no-store"
    other = get(client, path, AMERICA)
    assert provider(other) == "open-meteo"
    assert "public" in other.headers["Cache-Control"]


def test_a_visitor_without_calls_gets_a_stale_forecast_and_is_told_why(
    make_app: Make, clock: Clock
) -> None:
    client = make_app(**PROVIDER).test_client()
    path = "/Paris?units=metric&n="
    get(client, path, AMERICA)
    clock.advance(hours=2)
    spend(client, LONDON)
    stale = get(client, f"{path}1", LONDON)
    assert stale.get_json()["provenance"]["stale"]
    assert stale.headers["Cache-Control"] == "no-store"
    assert "detail=call-declined" in stale.headers["Cache-Status"]
    page = get(client, f"{path}2", LONDON, **BROWSER).text
    assert "Too many new places were requested from your network" in page
    assert "cannot be reached" not in page
    fresh = get(client, f"{path}3", AMERICA)
    assert not fresh.get_json()["provenance"]["stale"], "nothing was stored of that"


def test_a_refresh_is_counted_and_made_for_another_visitor(
    make_app: Make, clock: Clock, upstreams: Upstreams
) -> None:
    client = make_app(**PROVIDER, open_meteo_air_quality_url="").test_client()
    get(client, "/48.5,8.5?units=metric", AMERICA)
    clock.advance(minutes=40)
    spend(client, LONDON)
    calls = len(upstreams.calls("open-meteo"))
    old = get(client, "/48.5,8.5?units=metric&n=1", LONDON)
    assert "stale-while-revalidate" in old.headers["Cache-Status"]
    get(client, "/48.5,8.5?units=metric&n=2", AMERICA)
    until(lambda: len(upstreams.calls("open-meteo")) == calls + 1)


def test_a_comparison_spends_the_allowance_of_its_places(make_app: Make) -> None:
    client = make_app(**PROVIDER).test_client()
    for number in range(12):
        places = "&".join(f"q={number}.5,{place}.5" for place in range(6))
        page = get(client, f"/compare?{places}", LONDON, **BROWSER)
    assert "Too many new places were requested" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert provider(get(client, "/-40.5,150.5", AMERICA)) == "open-meteo"


@pytest.mark.parametrize(
    ("path", "requests"),
    [
        ("/compare", 1),
        ("/compare?q=", 1),
        ("/compare?q=Paris", 1),
        ("/compare?q=Paris&q=Oslo&q=Rome", 3),
        ("/compare/?q=Paris&q=Oslo&q=Rome", 3),
        ("/compare?q=Paris&q=Paris&q=Oslo", 2),
        ("/compare?" + "&".join(f"q=p{number}" for number in range(50)), 6),
        ("/Paris?q=Paris&q=Oslo", 1),
        ("/Paris:Oslo:Rome", 1),
        ("/Paris:Oslo:Rome?view=table", 3),
        ("/Paris:Oslo:Rome?format=TABLE", 3),
        ("/Paris:Oslo:Rome?view=table&format=3", 1),
        ("/Paris:Oslo:Rome?x=table", 1),
        ("/de/Paris:Oslo:Paris?view=table&format=json", 2),
        ("/M%C3%BCnchen:Oslo?view=%74able", 2),
        ("/?location=Paris:Oslo&view=table", 2),
        ("/?q=Paris&q=Oslo&view=table", 2),
        ("/" + ":".join(f"p{number}" for number in range(50)) + "?view=table", 6),
    ],
)
def test_a_comparison_counts_by_its_places(make_app: Make, path: str, requests: int) -> None:
    client = make_app(rate_limit=100).test_client()
    response = get(client, path, LONDON, **BROWSER)
    assert response.headers["RateLimit"].startswith(f'"minute";r={100 - requests};')


def test_replicas_share_the_allowance(make_app: Make, tmp_path: Path) -> None:
    replicas = [
        make_app(**PROVIDER, cache_url=str(tmp_path), cache_entries=100_000).test_client()
        for _ in range(2)
    ]
    spend(replicas[0], LONDON)
    other = get(replicas[1], "/-40.5,150.5", LONDON)
    assert provider(other) == "climate-normals"
    assert provider(get(replicas[1], "/-40.5,150.5", AMERICA)) == "open-meteo"


def test_an_address_is_looked_up_by_services_within_the_allowance(
    make_app: Make, upstreams: Upstreams
) -> None:
    client = make_app(ip_locators=("ipwhois",)).test_client()
    answers = [get(client, f"/?ip=81.{net}.69.160", LONDON) for net in range(20, 60)]
    assert {answer.status_code for answer in answers} >= {429}
    calls = len(upstreams.calls("ipwhois"))
    assert 0 < calls < 20
    get(client, "/", AMERICA)
    assert len(upstreams.calls("ipwhois")) == calls + 1
    get(client, "/", LONDON)
    assert len(upstreams.calls("ipwhois")) == calls + 2, "the visitor's own place is looked up"


def test_the_share_can_be_set(make_app: Make) -> None:
    client = make_app(**PROVIDER, visitor_share=100).test_client()
    many = [
        provider(get(client, f"/{place % 60}.5,{place // 60 + 10}.5", LONDON))
        for place in range(60)
    ]
    assert set(many) == {"open-meteo"}


def test_a_warm_request_makes_no_trip_to_the_store(make_app: Make, tmp_path: Path) -> None:
    client = make_app(cache_url=str(tmp_path)).test_client()
    get(client, "/Paris?units=metric", LONDON)
    stored = [file for file in tmp_path.rglob("*") if file.is_file()]
    for file in stored:
        if file.name != "locks":
            file.write_bytes(b"no entry")
    files = {file: file.stat().st_mtime_ns for file in stored}
    for number in range(10):
        answer = get(client, f"/Paris?units=metric&n={number}", LONDON)
        assert answer.headers["Cache-Status"].startswith("weather; hit; ttl=")
    assert {file: file.stat().st_mtime_ns for file in stored} == files
