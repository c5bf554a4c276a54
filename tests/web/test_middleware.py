"""Who is let in, and what the headers tell of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.conftest import Clock, until
from weather.web.environ import ARRIVED

JSON = "/Paris?format=json&units=metric"
LONDON = {"REMOTE_ADDR": "81.2.69.160"}
GOOGLE = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}


def test_who_asks_too_often_is_told_when_to_come_back(make_app: Callable[..., Flask]) -> None:
    client = make_app(rate_limit=3).test_client()
    paths = [f"{JSON}&n={number}" for number in range(4)]
    answers = [client.get(path, environ_overrides=LONDON) for path in paths]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit"].startswith('"minute";r=2;t=')
    assert answers[0].headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 60
    assert answers[3].get_json()["status"] == 429
    assert client.get("/healthz", environ_overrides=LONDON).status_code == 200
    assert "RateLimit" not in client.get(JSON).headers, "this machine is not limited"


def test_crawlers_get_what_is_known_and_cost_no_call(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    usual = client.get(JSON, headers=GOOGLE)
    assert usual.get_json()["provenance"]["provider"] == "climate-normals"
    refused = client.get(f"{JSON}{'&' if '?' in JSON else '?'}strict=1", headers=GOOGLE)
    assert refused.status_code == 503
    assert "Retry-After" in refused.headers
    assert upstreams.calls() == []
    client.get(JSON)
    asked = len(upstreams.calls())
    for hours in (0, 1, 5):
        clock.advance(hours=hours)
        known = client.get(JSON, headers=GOOGLE)
        assert known.status_code == 200
        assert not known.get_json()["provenance"]["stale"], "nobody has failed"
    assert len(upstreams.calls()) == asked
    assert client.get("/readyz").status_code == 200


def test_who_stood_in_line_for_too_long_is_not_served(
    client: FlaskClient, upstreams: Upstreams
) -> None:
    long_ago = {ARRIVED: time.monotonic() - 2.6}
    shed = client.get(JSON, environ_overrides=long_ago)
    assert shed.status_code == 503
    assert shed.headers["Retry-After"] == "2"
    assert upstreams.calls() == []
    assert client.get("/healthz", environ_overrides=long_ago).status_code == 200
    just_now = {ARRIVED: time.monotonic()}
    assert client.get(JSON, environ_overrides=just_now).status_code == 200


def test_time_in_line_counts_against_the_deadline(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    client = make_app(deadline=3).test_client()
    upstreams.fail("*", faults.latency(2))
    in_line = {ARRIVED: time.monotonic() - 1.4}
    assert client.get("/48,8?strict=1", environ_overrides=in_line).status_code in {503, 504}
    assert client.get("/49,8").status_code == 200
    upstreams.heal()


@pytest.mark.parametrize("form", ["html", "text", "json"])
def test_a_refusal_has_every_form(make_app: Callable[..., Flask], form: str) -> None:
    client = make_app(rate_limit=1).test_client()
    client.get("/Paris", environ_overrides=LONDON)
    refused = client.get(f"/Oslo?format={form}", environ_overrides=LONDON)
    assert refused.status_code == 429
    assert "minute" in refused.text


def test_cache_status_tells_what_happened(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    def told(nonce: str) -> str:
        return client.get(f"{JSON}&n={nonce}").headers["Cache-Status"]

    assert told("1").startswith("weather; fwd=miss; ttl=")
    assert told("1") == "weather-microcache; hit"
    assert told("2").startswith("weather; hit; ttl=")
    clock.advance(minutes=30)
    assert told("3").startswith("weather; hit; detail=stale-while-revalidate; ttl=-")
    nonces = map(str, count())
    until(lambda: told(f"4.{next(nonces)}").startswith("weather; hit; ttl="))
    clock.advance(hours=3)
    upstreams.fail("*", faults.down())
    assert told("5").startswith("weather; hit; detail=stale-if-error; ttl=-")


def test_visitors_share_an_answer_as_far_as_it_is_the_same(client: FlaskClient) -> None:
    """Each pair asks the same within two seconds; the second one is, or is not, told the
    first one's answer."""
    london, neighbour = "81.2.69.160", "81.2.69.161"
    sydney, mountain_view = "1.1.1.1", "8.8.8.8"

    def shared(path: str, *visitors: str) -> bool:
        answers = [
            client.get(path, environ_overrides={"REMOTE_ADDR": visitor}) for visitor in visitors
        ]
        assert [answer.status_code for answer in answers] == [200, 200]
        return answers[1].headers["Cache-Status"] == "weather-microcache; hit"

    assert shared("/Paris?format=json&units=metric", london, mountain_view)
    assert shared("/Paris?format=json", london, sydney)
    assert not shared("/Paris?format=json&n=1", london, mountain_view), "they have other units"
    assert not shared("/?format=json", london, sydney)
    assert shared("/?format=json&n=1", london, neighbour)


def test_who_shares_an_answer_is_counted_and_told_so(make_app: Callable[..., Flask]) -> None:
    client = make_app(rate_limit=2).test_client()
    other = {"REMOTE_ADDR": "1.1.1.1"}
    told = [client.get(JSON, environ_overrides=each) for each in (LONDON, LONDON, other, LONDON)]
    assert [answer.status_code for answer in told] == [200, 200, 200, 429]
    left = [answer.headers["RateLimit"].split(";")[1] for answer in told]
    assert left == ["r=1", "r=0", "r=1", "r=0"]
    assert told[3].get_json()["status"] == 429


def test_no_answer_outlives_a_clock_that_is_set_back(client: FlaskClient, clock: Clock) -> None:
    assert client.get(JSON).status_code == 200
    clock.advance(days=-1)
    told = client.get(JSON)
    assert told.headers["Cache-Status"].startswith("weather; fwd=miss")
    assert told.get_json()["provenance"]["age"] == 0


def test_others_keep_an_answer_as_long_as_we_do(
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
