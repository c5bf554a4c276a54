"""The settings choose the parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from simulator import Upstreams, faults
from weather import factory
from weather.cache.cache import Cache
from weather.settings import Settings, SettingsError

JSON = {"Accept": "application/json"}


def test_the_key_is_sent_and_never_in_a_response(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    client = make_app(
        open_meteo_url=upstreams.url("customer-open-meteo"),
        open_meteo_api_key=upstreams.world.api_key,
    ).test_client()
    response = client.get("/48,8", headers=JSON)
    assert response.status_code == 200
    assert upstreams.world.api_key not in response.text
    upstreams.fail("*", faults.down())
    response = client.get("/49,8?strict=1", headers=JSON)
    assert response.status_code == 503
    assert upstreams.world.api_key not in response.text


def test_met_norway_is_not_called_without_a_contact(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.down())
    without = make_app(contact="").test_client().get("/48,8?strict=1", headers=JSON)
    assert without.status_code == 503
    assert upstreams.calls("met-norway") == []
    response = make_app().test_client().get("/48,8", headers=JSON)
    assert response.get_json()["provenance"]["provider"] == "met-norway"


def test_the_order_of_providers_is_a_setting(make_app: Callable[..., Flask]) -> None:
    client = make_app(forecast_providers=("met-norway", "open-meteo")).test_client()
    body = client.get("/48,8", headers=JSON).get_json()
    assert body["provenance"]["provider"] == "met-norway"


@pytest.mark.parametrize(
    ("order", "source"),
    [
        (("ipwhois", "geojs"), "ipwho.is"),
        (("geojs", "ipwhois"), "GeoJS (GeoLite2 data by MaxMind)"),
    ],
)
def test_the_order_of_locators_is_a_setting(
    make_app: Callable[..., Flask], order: tuple[str, ...], source: str
) -> None:
    client = make_app(ip_locators=order).test_client()
    assert client.get("/?ip=8.8.8.8", headers=JSON).get_json()["place"]["source"] == source


def test_without_locators_no_call_is_made(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    response = make_app(ip_locators=(), server_locators=()).test_client().get("/", headers=JSON)
    assert response.status_code == 404
    assert upstreams.calls() == []


def test_air_quality_can_be_left_out(make_app: Callable[..., Flask], upstreams: Upstreams) -> None:
    client = make_app(open_meteo_air_quality_url="").test_client()
    assert client.get("/48,8", headers=JSON).get_json()["air_quality"] is None
    assert upstreams.calls("air-quality") == []


def test_a_damaged_database_stops_the_start(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.mmdb"
    damaged.write_bytes(b"no database")
    with pytest.raises(SettingsError, match="GEOIP_DATABASE"):
        make_app(geoip_database=(damaged,))


@pytest.mark.parametrize(
    ("environment", "megabytes"),
    [
        ({}, 3.75),
        ({"CACHE_MEGABYTES": "16"}, 2),
        ({"CACHE_MEGABYTES": "1000"}, 3.75),
        ({"ANSWER_MEGABYTES": "0"}, 0),
        ({"ANSWER_MEGABYTES": "32", "WEB_CONCURRENCY": "4"}, 2),
    ],
)
def test_the_workers_share_the_memory_of_rendered_responses(
    environment: dict[str, str], megabytes: float
) -> None:
    settings = Settings.from_environment(environment)
    assert factory._answer_bytes(settings) == megabytes * 1_000_000
    own = settings.web_concurrency * factory._answer_bytes(settings)
    assert own + factory._shared_bytes(settings) <= settings.answer_megabytes * 1_000_000


@pytest.mark.parametrize(
    ("environment", "size"),
    [
        ({}, 20_000_000),
        ({"CACHE_MEGABYTES": "400"}, 20_000_000),
        ({"CACHE_MEGABYTES": "8"}, 2_000_000),
    ],
)
def test_the_memory_of_decoded_entries_is_a_part_of_the_caches(
    environment: dict[str, str], size: int
) -> None:
    assert factory._decoded_bytes(Settings.from_environment(environment)) == size


@pytest.mark.parametrize("workers", [1, 4])
def test_the_workers_share_the_memory_of_decoded_entries(
    workers: int, make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    class Recorded(Cache):
        def __init__(self, *arguments: Any, decoded_bytes: int, **options: Any) -> None:
            sizes.append(decoded_bytes)
            super().__init__(*arguments, decoded_bytes=decoded_bytes, **options)

    monkeypatch.setattr(factory, "Cache", Recorded)
    make_app(web_concurrency=workers)
    assert sizes == [20_000_000 // workers]
