"""Services on one store call no provider that has failed for another of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.metrics.samples import total
from tests.redis_server import RedisServer
from weather import namespaces
from weather.settings import Settings

Make = Callable[..., Flask]
METRICS: dict[str, Any] = {"metrics_token": "secret", "deadline": 60}
TOKEN = {"Authorization": "Bearer secret"}


def look_up(app: Flask, *longitudes: int) -> None:
    for longitude in longitudes:
        app.test_client().get(f"/48,{longitude}?format=json&units=metric")


@pytest.fixture(params=["folder", "redis"])
def url(request: pytest.FixtureRequest, tmp_path: Any) -> str:
    if request.param == "folder":
        return str(tmp_path / "cache")
    redis: RedisServer = request.getfixturevalue("redis")
    return redis.url


def test_a_provider_that_has_failed_for_one_replica_is_not_called_by_another(
    make_app: Make, upstreams: Upstreams, url: str, clock: Clock
) -> None:
    one, two = (make_app(cache_url=url, **METRICS) for _ in range(2))
    look_up(two, 1)
    upstreams.fail("open-meteo", faults.status(500))
    look_up(one, 2, 3, 4)
    before = len(upstreams.calls("open-meteo"))
    look_up(two, 5, 6)
    assert len(upstreams.calls("open-meteo")) == before
    metrics = two.test_client().get("/metrics", headers=TOKEN).text
    shared = "weather_upstream_shared_breaker_open"
    assert total(metrics, shared, provider="Open-Meteo") == 1
    assert total(metrics, shared) == 1
    skipped = "weather_upstream_calls_skipped_total"
    assert total(metrics, skipped, provider="Open-Meteo", reason="breaker") == 2
    reasons = two.test_client().get("/readyz").get_json()["reasons"]
    assert "Open-Meteo: the circuit breaker is open." in reasons
    upstreams.heal("open-meteo")
    clock.advance(seconds=6)
    look_up(two, 7)
    look_up(one, 8)
    assert len(upstreams.calls("open-meteo")) == before + 2


def test_every_provider_has_a_breaker_by_its_name_in_calls(
    make_app: Make, upstreams: Upstreams
) -> None:
    """Those that are called for places in countries with warnings, a name and an address."""
    app = make_app(
        **METRICS, contact="me@example.org", forecast_providers=("met-norway", "open-meteo"),
        ip_locators=("ipwhois", "geojs"), trusted_proxies="1",
    )  # fmt: skip
    upstreams.fail("met-norway", faults.status(500))
    upstreams.fail("ipwhois", faults.status(500))
    client = app.test_client()
    for place in ("New York", "Berlin", "Toronto", "Oslo"):
        client.get(f"/{place}?format=json")
    client.get("/?format=json", headers={"X-Forwarded-For": "81.2.69.160"})
    metrics = client.get("/metrics", headers=TOKEN).text
    called = {line.split('"')[1] for line in metrics.splitlines()
              if line.startswith("weather_upstream_calls_total{")}  # fmt: skip
    breakers = namespaces.of_breakers(Settings.from_environment({}))
    assert called == set(breakers)


def test_a_breaker_is_that_of_an_address_and_a_key() -> None:
    def key(**environment: str) -> str:
        return namespaces.of_breakers(Settings.from_environment(environment))["Open-Meteo"]

    own = key()
    assert key(OPEN_METEO_BUDGET="1,2,3") == own
    assert key(OPEN_METEO_URL="https://weather.example.org") != own
    assert key(OPEN_METEO_API_KEY="secret") not in {own, key(OPEN_METEO_API_KEY="other")}
    assert "secret" not in key(OPEN_METEO_API_KEY="secret")
