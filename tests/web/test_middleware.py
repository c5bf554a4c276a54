"""Admission: rate limit, load shedding, crawlers."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from simulator import Upstreams
from tests.conftest import Clock
from weather.web.environ import ARRIVED
from weather.web.request_parser import parse

JSON = "/Paris?format=json&units=metric"
LONDON = {"REMOTE_ADDR": "81.2.69.160"}
GOOGLE = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}


def test_a_client_past_its_rate_limit_gets_429(make_app: Callable[..., Flask]) -> None:
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


def test_crawlers_get_cached_forecasts_and_cause_no_upstream_call(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    usual = client.get(JSON, headers=GOOGLE)
    assert usual.get_json()["provenance"]["provider"] == "climate-normals"
    refused = client.get(f"{JSON}{'&' if '?' in JSON else '?'}strict=1", headers=GOOGLE)
    assert refused.status_code == 503
    assert "Retry-After" in refused.headers
    assert upstreams.calls() == []
    client.get(JSON)
    calls = len(upstreams.calls())
    for hours in (0, 1, 5):
        clock.advance(hours=hours)
        known = client.get(JSON, headers=GOOGLE)
        assert known.status_code == 200
        assert not known.get_json()["provenance"]["stale"], "no provider has failed"
    assert len(upstreams.calls()) == calls
    assert client.get("/readyz").status_code == 200


def test_a_request_that_waited_half_the_deadline_is_shed(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    client = make_app(deadline=5).test_client()
    long_ago = {ARRIVED: time.monotonic() - 2.6}
    shed = client.get(JSON, environ_overrides=long_ago)
    assert shed.status_code == 503
    assert shed.headers["Retry-After"] == "2"
    assert upstreams.calls() == []
    assert client.get("/healthz", environ_overrides=long_ago).status_code == 200
    just_now = {ARRIVED: time.monotonic()}
    assert client.get(JSON, environ_overrides=just_now).status_code == 200


def test_time_in_the_queue_counts_against_the_deadline(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    with app.test_request_context("/48,8", environ_overrides={ARRIVED: time.monotonic() - 59}):
        queued = parse(request).deadline(60).remaining()
    with app.test_request_context("/48,8"):
        unqueued = parse(request).deadline(60).remaining()
    assert queued <= 1 < unqueued <= 60


@pytest.mark.parametrize("form", ["html", "text", "json"])
def test_a_refusal_is_rendered_in_the_requested_view(
    make_app: Callable[..., Flask], form: str
) -> None:
    client = make_app(rate_limit=1).test_client()
    client.get("/Paris", environ_overrides=LONDON)
    refused = client.get(f"/Oslo?format={form}", environ_overrides=LONDON)
    assert refused.status_code == 429
    assert "minute" in refused.text
