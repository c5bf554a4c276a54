"""The health probes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.web.clients import (
    PROGRAM,
    get,
)


def test_probes(client: FlaskClient, upstreams: Upstreams) -> None:
    assert get(client, "/healthz").get_json() == {"status": "alive"}
    assert get(client, "/readyz").get_json()["status"] == "ready"
    assert upstreams.calls() == [], "no upstream is involved"
    upstreams.fail("*", faults.down())
    assert get(client, "/48,8?strict=1", headers=PROGRAM).status_code == 503
    assert get(client, "/readyz").status_code == 503
    assert get(client, "/healthz").status_code == 200
    upstreams.heal()
    assert get(client, "/48,8", headers=PROGRAM).status_code == 200
    assert get(client, "/readyz").status_code == 200


def reasons(client: FlaskClient) -> Any:
    return get(client, "/readyz").get_json()["reasons"]


def test_the_probe_says_why_the_service_is_not_as_good_as_it_can_be(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    client = make_app().test_client()
    assert reasons(client) == []
    upstreams.fail("open-meteo", faults.down())
    for longitude in (8, 9, 10):
        get(client, f"/48,{longitude}", headers=PROGRAM)
    assert reasons(client) == [
        "open-meteo: the last call has failed.",
        "Open-Meteo: the circuit breaker is open.",
    ]


def test_the_probe_says_that_the_calls_of_a_provider_are_spent(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(open_meteo_budget=(2, 5000, 10000)).test_client()
    get(client, "/48,8", headers=PROGRAM)
    assert reasons(client) == ["Open-Meteo: no calls are left in this minute."]


def test_the_probe_says_that_the_store_fails(
    make_app: Callable[..., Flask],
) -> None:
    """It is ready all the same: memory is used."""
    client = make_app(cache_url="redis://127.0.0.1:1/0").test_client()
    assert get(client, "/readyz").status_code == 200
    assert reasons(client) == ["The store fails: memory is used."]
