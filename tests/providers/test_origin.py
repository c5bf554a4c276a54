"""What was stored of one origin is a miss for another: of sample data, of other hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from simulator import Upstreams
from tests.conftest import Clock
from tests.redis_server import RedisServer
from weather.providers import registry
from weather.settings import Settings

Make = Callable[..., Flask]
# Each stores another kind: forecast, air quality, warnings, places of a name, of an address, of
# the server, and whether providers work.
PAGES = (
    *(
        "/Paris",
        "/48.1,8.1",
        "/38.9,-77.0",
        "/52.5,13.4",
        "/45.4,-75.7",
        "/",
        "/api/v1/places?q=Rome",
    ),
)
REMOTE_FIRST = {"ip_locators": ("ipwhois", "geojs")}
URLS = [
    setting
    for provider in registry.PROVIDERS
    for setting in provider.settings
    if setting.name.endswith("_url") and not provider.local
]
CALLED = (
    "open-meteo",
    "air-quality",
    "geocoding",
    "ipwhois",
    "nws",
    "bright-sky",
    "environment-canada",
)


@pytest.fixture(params=["folder", "redis"])
def cache_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "folder":
        yield str(tmp_path / "cache")
        return
    with RedisServer() as server:
        yield server.url


@pytest.fixture
def real(clock: Clock) -> Iterator[Upstreams]:
    """Stands for the real providers, at other addresses than the simulated ones."""
    with Upstreams() as server:
        server.now = clock
        yield server


def visit(app: Flask) -> list[Any]:
    """The samples that the pages say they hold."""
    client = app.test_client()
    bodies = [client.get(page, headers={"Accept": "application/json"}).get_json() for page in PAGES]
    client.get("/8.8.8.8?format=json")
    return [body["provenance"]["sample"] for body in bodies if "provenance" in body]


def settings_of(server: Upstreams) -> dict[str, Any]:
    settings = Settings.from_environment(server.environment())
    return {setting.name: setting.of(settings) for setting in URLS}


def test_nothing_of_a_demonstration_reaches_the_real_service(
    make_app: Make, cache_url: str, upstreams: Upstreams, real: Upstreams
) -> None:
    """Of every kind that is stored: each provider is called again."""
    assert set(visit(make_app(cache_url=cache_url, sample_data=True, **REMOTE_FIRST))) == {True}
    upstreams.reset()
    changed = {**settings_of(real), **REMOTE_FIRST}
    assert set(visit(make_app(cache_url=cache_url, **changed))) == {False}
    assert not upstreams.calls()
    for provider in CALLED:
        assert real.calls(provider), provider


def test_sample_data_of_the_same_addresses_is_a_miss(
    make_app: Make, cache_url: str, upstreams: Upstreams
) -> None:
    """SAMPLE_DATA alone decides, also where nothing else differs."""
    for sample in (True, False):
        upstreams.reset()
        changed = {"sample_data": sample, **REMOTE_FIRST}
        assert set(visit(make_app(cache_url=cache_url, **changed))) == {sample}
        for provider in CALLED:
            assert upstreams.calls(provider), (sample, provider)


@pytest.mark.parametrize("setting", URLS, ids=lambda setting: setting.name)
def test_what_one_address_sent_is_a_miss_for_another(
    make_app: Make, tmp_path: Path, upstreams: Upstreams, real: Upstreams, setting: Any
) -> None:
    """Of each provider alone."""
    cache_url = str(tmp_path)
    visit(make_app(cache_url=cache_url, **REMOTE_FIRST))
    changed = {setting.name: settings_of(real)[setting.name], **REMOTE_FIRST}
    visit(make_app(cache_url=cache_url, **changed))
    (provider,) = (
        item for item in registry.PROVIDERS if setting in item.settings and not item.local
    )
    if provider.key in CALLED:
        assert real.calls(provider.key)
    assert {call.provider for call in real.calls()} <= {provider.key}


def test_a_demonstration_spends_no_calls_of_the_real_quota(
    make_app: Make, cache_url: str, upstreams: Upstreams, real: Upstreams
) -> None:
    budget = (6, 6, 6)  # a forecast weighs more than 2
    demonstration = make_app(cache_url=cache_url, sample_data=True, open_meteo_budget=budget)
    for place in ("48,8", "49,8", "50,8", "51,8"):
        demonstration.test_client().get(f"/{place}?format=json")
    assert len(upstreams.calls("open-meteo")) < 4, "the demonstration's own is spent"
    service = make_app(cache_url=cache_url, open_meteo_budget=budget, **settings_of(real))
    service.test_client().get("/48,8?format=json")
    assert real.calls("open-meteo")


def test_a_demonstration_that_fails_opens_no_breaker_of_the_real_service(
    make_app: Make, cache_url: str, upstreams: Upstreams, real: Upstreams
) -> None:
    upstreams.refuse()
    broken = make_app(cache_url=cache_url, sample_data=True).test_client()
    for number in range(4):
        broken.get(f"/48,{number}?format=json")
    assert broken.get("/readyz").status_code == 503
    service = make_app(cache_url=cache_url, **settings_of(real)).test_client()
    assert service.get("/readyz").status_code == 200
    assert service.get("/48,1?format=json&strict=1").status_code == 200
