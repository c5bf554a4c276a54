"""The metrics of requests, and who may read them."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.conftest import Clock, until
from tests.metrics.samples import samples, total
from tests.processes import PATIENCE, free_port, serve
from tests.web.clients import BROWSER, FROM_LONDON, PROGRAM
from weather.core.version import VERSION

TOKEN = {"Authorization": "Bearer secret"}
Make = Callable[..., Flask]


@pytest.fixture
def measured(make_app: Make) -> FlaskClient:
    return make_app(metrics_token="secret").test_client()  # noqa: S106


def text(client: FlaskClient) -> str:
    response = client.get("/metrics", headers=TOKEN)
    assert response.status_code == 200
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    return response.text


def count(client: FlaskClient, **labels: str) -> float:
    return total(text(client), "weather_requests_total", **labels)


def test_requests_are_counted_by_route_status_and_representation(measured: FlaskClient) -> None:
    measured.get("/Paris", headers=PROGRAM)
    measured.get("/Paris", headers=BROWSER)
    measured.get("/91,0", headers=PROGRAM)
    measured.get("/api/v1/places?q=Paris")
    measured.post("/Paris")
    for labels in (
        {"route": "weather.negotiated", "status": "200", "representation": "json"},
        {"route": "weather.negotiated", "status": "200", "representation": "html"},
        {"route": "weather.negotiated", "status": "400", "representation": "json"},
        {"route": "places.search", "status": "200", "representation": "json"},
        {"route": "none", "status": "405"},
    ):
        assert count(measured, **labels) == 1, labels


def test_the_metrics_name_neither_places_nor_addresses(measured: FlaskClient) -> None:
    for path in (
        "/Paris",
        "/compare?q=Paris&q=Bergen",
        "/?q=Windhaven",
        "/12.34,56.78",
        "/x/Paris",
    ):
        measured.get(path, environ_base=FROM_LONDON)
    found = text(measured)
    for word in ("Paris", "Bergen", "Windhaven", "12.34", "56.78", "81.2.69"):
        assert word not in found


def test_a_kept_response_is_counted_as_what_it_is(measured: FlaskClient, clock: Clock) -> None:
    for _ in range(3):
        measured.get("/Paris?units=metric", headers=PROGRAM)
        clock.advance(seconds=3)
    labels = {"route": "weather.negotiated", "representation": "json"}
    assert count(measured, **labels) == 3
    assert count(measured, **labels, cache="miss") == 1
    assert count(measured, **labels, cache="hit") == 1
    assert count(measured, **labels, cache="response") == 1
    found = samples(text(measured))
    assert found["weather_served_age_seconds_count"] == 3
    assert found["weather_served_age_seconds_sum"] == 3 + 6


def test_a_stale_forecast_is_counted_with_its_age(
    measured: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    measured.get("/48,8", headers=PROGRAM)
    upstreams.fail("*", faults.down())
    clock.advance(hours=3)
    measured.get("/48,8", headers=PROGRAM)
    assert count(measured, cache="stale-if-error") == 1
    found = text(measured)
    assert samples(found)['weather_served_age_seconds_bucket{le="7200.0"}'] == 1
    assert samples(found)["weather_served_age_seconds_count"] == 2
    outcomes = "weather_cache_lookups_total"
    assert total(found, outcomes, kind="forecast", outcome="miss") == 1
    assert total(found, outcomes, kind="forecast", outcome="stale-if-error") == 1


def test_calls_are_counted_by_provider_and_result(
    measured: FlaskClient, upstreams: Upstreams
) -> None:
    measured.get("/48,8", headers=PROGRAM)
    upstreams.fail("open-meteo", faults.down())
    for longitude in range(9, 14):
        measured.get(f"/48,{longitude}", headers=PROGRAM)
    found = text(measured)
    calls = "weather_upstream_calls_total"
    assert total(found, calls, provider="Open-Meteo", result="success") == 1
    assert total(found, calls, provider="Open-Meteo", result="unavailable") == 3
    assert total(found, "weather_upstream_call_duration_seconds_count", provider="Open-Meteo") == 4
    skipped = "weather_upstream_calls_skipped_total"
    assert total(found, skipped, provider="Open-Meteo", reason="breaker") == 2
    assert total(found, "weather_upstream_breaker_open", provider="Open-Meteo") == 1


def test_the_budget_is_told_before_and_after_calls(make_app: Make) -> None:
    client = make_app(
        metrics_token="secret",  # noqa: S106
        open_meteo_budget=(100, 1000, 10000),
    ).test_client()
    labels = {"account": "Open-Meteo", "window": "hour"}
    before = text(client)
    assert total(before, "weather_upstream_budget_calls", **labels) == 1000
    assert total(before, "weather_upstream_budget_remaining_calls", **labels) == 1000
    client.get("/48,8", headers=PROGRAM)
    left = total(text(client), "weather_upstream_budget_remaining_calls", **labels)
    assert 990 <= left < 1000


def test_what_is_shed_is_counted_by_reason(make_app: Make) -> None:
    client = make_app(metrics_token="secret", rate_limit=2).test_client()  # noqa: S106
    for _ in range(5):
        client.get("/48,8", headers=PROGRAM, environ_base=FROM_LONDON)
    late = {"weather.arrived": -1e6}
    assert client.get("/48,8", environ_overrides=late).status_code == 503
    found = text(client)
    assert total(found, "weather_shed_total", reason="rate_limit") == 3
    assert total(found, "weather_shed_total", reason="queue") == 1


def test_the_store_is_measured(measured: FlaskClient) -> None:
    measured.get("/48,8", headers=PROGRAM)
    found = samples(text(measured))
    assert found["weather_store_entries"] > 0
    assert found["weather_store_bytes"] > 1000
    assert found["weather_store_up"] == 1
    assert found['weather_build_info{version="' + VERSION + '"}'] == 1


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic secret"},
     {"Authorization": "Bearer "}, {"Authorization": "Bearer sécret"}],
)  # fmt: skip
def test_without_the_token_there_are_no_metrics(
    measured: FlaskClient, headers: dict[str, str]
) -> None:
    response = measured.get("/metrics", headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert "weather_" not in response.text


@pytest.mark.parametrize("headers", [{}, TOKEN, {"Authorization": "Bearer "}])
def test_by_default_there_are_no_metrics(client: FlaskClient, headers: dict[str, Any]) -> None:
    assert "weather_requests_total" not in client.get("/metrics", headers=headers).text


def test_the_listener_of_the_metrics_serves_the_counts_of_all_workers(
    upstreams: Upstreams, tmp_path: Path
) -> None:
    upstreams.now = lambda: datetime.now(UTC)
    port = free_port()
    environment = {**upstreams.environment(), "METRICS": f"127.0.0.1:{port}"}
    with serve(tmp_path / "log", environment | {"WEB_CONCURRENCY": "3"}) as service:
        for _ in range(30):
            requests.get(f"{service.url}/48,8?T", timeout=PATIENCE)
        own = f"http://127.0.0.1:{port}"
        texts = [requests.get(f"{own}/metrics", timeout=PATIENCE).text for _ in range(5)]
        assert requests.get(f"{own}/48,8", timeout=PATIENCE).status_code == 404
        public = requests.get(f"{service.url}/metrics", timeout=PATIENCE)
    for found in texts:
        assert total(found, "weather_requests_total", route="weather.negotiated") == 30
    assert "weather_requests_total" not in public.text


def test_connections_that_are_closed_because_there_are_too_many_are_counted(
    upstreams: Upstreams, tmp_path: Path
) -> None:
    port = free_port()
    environment = {
        **upstreams.environment(), "METRICS": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1",
        "CONNECTIONS": "50",
    }  # fmt: skip
    with serve(tmp_path / "log", environment) as service, ExitStack() as stack:
        for _ in range(80):
            stack.enter_context(socket.create_connection(("127.0.0.1", service.port), PATIENCE))

        def closed() -> float:
            found = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE).text
            return total(found, "weather_shed_total", reason="connections")

        until(lambda: closed() >= 30)
