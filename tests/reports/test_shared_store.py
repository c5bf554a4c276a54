"""Two services on one store: a cache folder, or a Redis.

Open-Meteo counts the calls of an address or of a key (open-meteo.com/en/terms), whichever program
makes them; so the counts are shared where the calls go to one account, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from simulator import Upstreams
from tests.conftest import Clock
from weather import factory, namespaces
from weather.settings import Settings

PATH = "/Paris?format=json&units=metric"
Make = Callable[..., Flask]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "cache")


@pytest.fixture
def elsewhere(clock: Clock) -> Iterator[Upstreams]:
    """Providers at other URLs."""
    with Upstreams() as server:
        server.now = clock
        yield server


def forecast(app: Flask) -> dict[str, object]:
    body: dict[str, object] = app.test_client().get(PATH).get_json()["provenance"]
    return body


def test_services_with_the_same_settings_share_entries(
    make_app: Make, folder: str, upstreams: Upstreams
) -> None:
    for _ in range(2):
        forecast(make_app(cache_url=folder))
    assert len(upstreams.calls("open-meteo")) == 1


def test_sample_data_is_never_served_as_a_forecast(make_app: Make, folder: str) -> None:
    apps = [make_app(cache_url=folder, sample_data=sample) for sample in (True, False, True)]
    assert [forecast(app)["sample"] for app in apps] == [True, False, True]


@pytest.mark.parametrize(
    ("changes", "calls"),
    [
        ({}, 1),
        ({"deadline": 4.0}, 1),
        ({"rate_limit": 5}, 1),
        ({"sample_data": True}, 2),
        ({"open_meteo_api_key": "a key"}, 2),
        ({"forecast_providers": ("open-meteo",)}, 2),
    ],
)
def test_services_whose_providers_are_set_differently_share_no_entry(
    make_app: Make, folder: str, upstreams: Upstreams, changes: dict[str, object], calls: int
) -> None:
    forecast(make_app(cache_url=folder))
    forecast(make_app(cache_url=folder, **changes))
    assert len(upstreams.calls("open-meteo")) == calls


def test_services_of_other_hosts_share_no_entry(
    make_app: Make, folder: str, upstreams: Upstreams, elsewhere: Upstreams
) -> None:
    forecast(make_app(cache_url=folder))
    url = elsewhere.environment()["OPEN_METEO_URL"]
    forecast(make_app(cache_url=folder, open_meteo_url=url))
    assert [len(u.calls("open-meteo")) for u in (upstreams, elsewhere)] == [1, 1]


def test_versions_share_no_entry(
    make_app: Make, folder: str, upstreams: Upstreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    forecast(make_app(cache_url=folder))
    monkeypatch.setattr(factory, "VERSION", "99")
    forecast(make_app(cache_url=folder))
    assert len(upstreams.calls("open-meteo")) == 2


def test_services_of_one_account_share_its_quota(
    make_app: Make, folder: str, upstreams: Upstreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also versions, which share no entries, and services with other quotas of their own."""
    budget = (6, 6, 6)  # a forecast weighs more than 2
    first = make_app(cache_url=folder, open_meteo_budget=budget).test_client()
    for place in ("48,8", "49,8", "50,8"):
        first.get(f"/{place}?format=json")
    spent = len(upstreams.calls("open-meteo"))
    assert 0 < spent < 3
    monkeypatch.setattr(factory, "VERSION", "99")
    forecast(make_app(cache_url=folder, open_meteo_budget=budget))
    assert len(upstreams.calls("open-meteo")) == spent


def test_services_of_other_accounts_spend_quotas_of_their_own(
    make_app: Make, folder: str, elsewhere: Upstreams
) -> None:
    budget = (6, 6, 6)
    first = make_app(cache_url=folder, open_meteo_budget=budget).test_client()
    for place in ("48,8", "49,8", "50,8"):
        first.get(f"/{place}?format=json")
    url = elsewhere.environment()["OPEN_METEO_URL"]
    other = make_app(cache_url=folder, open_meteo_budget=budget, open_meteo_url=url)
    other.test_client().get("/48,8?format=json")
    assert elsewhere.calls("open-meteo")


def test_the_key_of_a_paid_plan_is_in_no_name() -> None:
    settings = Settings.from_environment({"OPEN_METEO_API_KEY": "secret"})
    accounts = namespaces.of_accounts(settings)
    assert "secret" not in f"{accounts} {namespaces.of_entries(settings, '1')}"
    assert accounts["Open-Meteo"] != "Open-Meteo"
    assert namespaces.of_accounts(Settings.from_environment({}))["Open-Meteo"] == "Open-Meteo"
