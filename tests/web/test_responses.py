"""Validators, freshness, compression and headers."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.conftest import Clock, until
from tests.web.clients import (
    BROWSER,
    CURL,
    PROGRAM,
    get,
)

JSON = "/Paris?format=json&units=metric"


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
def test_a_malformed_validator_matches_nothing(client: FlaskClient, header: str) -> None:
    response = get(client, "/Paris", headers={**PROGRAM, "If-None-Match": header})
    assert response.status_code == 200


def test_each_view_and_option_has_its_own_validator(client: FlaskClient) -> None:
    tags = {
        get(client, path, headers=headers).headers["ETag"]
        for headers in (BROWSER, CURL, PROGRAM)
        for path in ("/Paris", "/Paris?u", "/Paris?days=1", "/London")
    }
    assert len(tags) == 12


def test_freshness_headers(client: FlaskClient, clock: Clock) -> None:
    get(client, "/Paris?units=metric", headers=PROGRAM)
    clock.advance(minutes=5)
    response = get(client, "/Paris?units=metric", headers=PROGRAM)
    # To the next quarter of an hour, 8:30, and less than a minute more.
    max_age = re.fullmatch(
        r"public, max-age=(\d+), stale-if-error=3600", response.headers["Cache-Control"]
    )
    assert max_age
    assert 600 <= int(max_age[1]) < 660
    assert response.headers["Age"] == "300"
    assert response.headers["Cache-Status"] == f"weather; hit; ttl={int(max_age[1]) - 300}"
    assert response.get_json()["provenance"]["age"] == 300


@pytest.mark.parametrize("path", ["/", "/?units=metric", "/Paris"])
def test_responses_that_depend_on_the_visitor_are_private(client: FlaskClient, path: str) -> None:
    assert "private" in get(client, path, headers=PROGRAM).headers["Cache-Control"]


def test_stale_forecasts_are_marked(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    get(client, "/Paris", headers=PROGRAM)
    upstreams.fail("*", faults.down())
    clock.advance(hours=2)
    response = get(client, "/Paris", headers=PROGRAM)
    assert response.status_code == 200
    assert response.get_json()["provenance"]["stale"] is True
    assert response.headers["Age"] == "7200"
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


def test_security_headers(client: FlaskClient) -> None:
    for path in ("/Paris", "/", "/healthz", "/nowhere/at/all", "/static/favicon.svg"):
        headers = get(client, path, headers=BROWSER).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_the_forwarded_scheme_is_used_in_links_and_cookies(make_app: Callable[..., Flask]) -> None:
    headers = {**BROWSER, "X-Forwarded-For": "81.2.69.160", "X-Forwarded-Proto": "https"}
    behind = make_app(trusted_proxies="1").test_client()
    assert "curl https://localhost/Paris" in get(behind, "/Paris", headers=headers).text
    saved = behind.post("/settings", data={"units": "ms"}, headers=headers)
    assert "Secure" in saved.headers["Set-Cookie"]
    direct = make_app().test_client()
    assert "curl http://localhost/Paris" in get(direct, "/Paris", headers=headers).text


def test_the_host_of_one_request_is_not_shown_to_another(client: FlaskClient) -> None:
    get(client, "/Paris", headers={**BROWSER, "Host": "evil.example"})
    assert "evil.example" not in get(client, "/Paris", headers=BROWSER).text


def test_cache_status(client: FlaskClient, upstreams: Upstreams, clock: Clock) -> None:
    def cache_status(nonce: str) -> str:
        return client.get(f"{JSON}&n={nonce}").headers["Cache-Status"]

    assert cache_status("1").startswith("weather; fwd=miss; ttl=")
    assert cache_status("1") == "weather-microcache; hit"
    assert cache_status("2").startswith("weather; hit; ttl=")
    clock.advance(minutes=30)
    assert cache_status("3").startswith("weather; hit; detail=stale-while-revalidate; ttl=-")
    nonces = map(str, count())
    until(lambda: cache_status(f"4.{next(nonces)}").startswith("weather; hit; ttl="))
    clock.advance(hours=3)
    upstreams.fail("*", faults.down())
    assert cache_status("5").startswith("weather; hit; detail=stale-if-error; ttl=-")


def test_other_caches_keep_a_response_as_long_as_ours(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    """Its age counts against what they may keep it for (RFC 9111, 4.2)."""

    def left(nonce: str) -> int:
        answer = client.get(f"{JSON}&n={nonce}")
        assert answer.cache_control.max_age is not None
        return answer.cache_control.max_age - int(answer.headers["Age"])

    assert 10 * 60 <= left("1") <= 11 * 60, "to the quarter, and the place's own second"
    clock.advance(minutes=9)
    assert 60 <= left("2") <= 2 * 60
    clock.advance(minutes=20)
    assert left("3") < 0, "it is refreshed behind"
    nonces = map(str, count())
    until(lambda: left(f"4.{next(nonces)}") > 0)
    clock.advance(hours=3)
    upstreams.fail("*", faults.down())
    assert left("5") == 60


def test_the_validator_changes_at_sunset(client: FlaskClient, clock: Clock) -> None:
    sunset = client.get("/Paris?format=json").get_json()["astronomy"][0]["sunset"]
    clock.moment = (datetime.fromisoformat(sunset) - timedelta(minutes=2)).astimezone(UTC)
    before = client.get("/Paris?format=json")
    clock.moment = (datetime.fromisoformat(sunset) + timedelta(minutes=1)).astimezone(UTC)
    after = client.get("/Paris?format=json", headers={"If-None-Match": before.headers["ETag"]})
    assert before.get_json()["current"]["is_day"] is True
    assert after.status_code == 200
    assert after.get_json()["current"]["is_day"] is False
