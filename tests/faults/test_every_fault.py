"""Every fault of every provider: the status, the time, the stale response, the recovery."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.conftest import Clock, until
from tests.faults.visitors import slack

DEADLINE = 2.0
ARGUMENTS: dict[str, tuple[object, ...]] = {
    "latency": (30.0,),
    "bandwidth": (20.0,),
    "limit_data": (100,),
    "status": (418,),
    "text": ("<html>",),
    "drip_headers": (1, 0.2),
}
FAULTS: dict[str, Fault] = {
    **{name: make(*ARGUMENTS.get(name, ())) for name, make in faults.VOCABULARY.items()},
    **{f"429 of the {window}": faults.rate_limited(window) for window in faults.LIMITS},
    "429 for a day": faults.rate_limited("minutely", retry_after=99_999),
    "403": faults.status(403),
    "404": faults.status(404),
    "502": faults.status(502),
    "redirect for ever": faults.redirect("/v1/forecast", 301),
    "null": faults.json_scalar(None),
    "empty object": faults.text("{}"),
    "one value in three": faults.implausible(every=3),
}
# Faults that leave the response usable: its delivery, or values of which enough remain.
HARMLESS = {
    *("slicer", "slow_close", "content_type", "unknown_code", "missing_hour", "late_start"),
    *("half_last_day", "old_current", "invalid_timezone", "no_height", "one value in three"),
}
FORECAST = "/48.1,8.1?format=json&units=metric"
HERE = "/?format=json"
WARNED = ("/38.9,-77.0?format=json", "/52.5,13.4?format=json")  # Washington and Berlin
STATUSES = {200, 404, 502, 503, 504}


@pytest.fixture
def upstreams(clock: Clock) -> object:
    """With the clock of the tests, to make responses stale."""
    with Upstreams() as server:
        server.now = clock
        yield server
        server.heal()


@pytest.fixture
def client(make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app(deadline=DEADLINE, rate_limit=0).test_client()


def get(client: FlaskClient, path: str, **visitor: str) -> tuple[int, dict[str, object]]:
    """Status and JSON of the response, which must come in time and disclose no upstream."""
    start = time.monotonic()
    response = client.get(f"{path}&strict=1", environ_overrides=visitor)
    assert time.monotonic() - start < DEADLINE + slack()
    if response.status_code >= 400:
        assert response.mimetype == "application/problem+json"
        assert "127.0.0.1" not in response.text, "no URL of an upstream"
        assert response.status_code != 503 or "Retry-After" in response.headers
    assert response.status_code in STATUSES, response.text
    return response.status_code, response.get_json()


def assert_served(client: FlaskClient, path: str, **visitor: str) -> dict[str, object]:
    """The JSON of a request that no fault stops. It may need a second try where the machine does
    other work for longer than the deadline (the healthy calls have real time limits)."""
    until(lambda: get(client, path, **visitor)[0] == 200)
    return get(client, path, **visitor)[1]


def assert_recovers(client: FlaskClient, path: str, clock: Clock, upstreams: Upstreams) -> None:
    """After the fault: at once, or when a quota's day or a circuit breaker's pause is over."""
    upstreams.heal()
    clock.advance(days=1)
    numbers = count()
    until(lambda: get(client, f"{path}&n={next(numbers)}")[0] == 200)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_first_provider(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str
) -> None:
    """The second provider replaces the first, unless the fault is harmless."""
    upstreams.fail("open-meteo", FAULTS[name])
    body = assert_served(client, FORECAST)
    provider = "open-meteo" if name in HARMLESS else "met-norway"
    assert body["provenance"]["provider"] == provider  # type: ignore[index]
    assert_recovers(client, FORECAST, clock, upstreams)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_all_providers_of_forecasts(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str
) -> None:
    """A known place gets the stale response, marked as such; an unknown one gets an error."""
    assert_served(client, FORECAST)
    clock.advance(hours=3)
    for provider in ("open-meteo", "met-norway"):
        upstreams.fail(provider, FAULTS[name])
    status, body = get(client, FORECAST)
    assert status == 200
    if name not in HARMLESS | {"uneven"}:  # MET Norway has no columns
        assert body["provenance"]["stale"] is True  # type: ignore[index]
        unseen, _ = get(client, "/-48.1,8.1?format=json")
        assert unseen in {502, 503, 504}
    assert_recovers(client, FORECAST, clock, upstreams)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_air_quality_and_geocoding(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str
) -> None:
    """The forecast needs no air quality; an unknown name is never another place."""
    for provider in ("air-quality", "geocoding"):
        upstreams.fail(provider, FAULTS[name])
    assert_served(client, FORECAST)
    # The embedded tables resolve addresses and well-known names.
    assert_served(client, HERE, REMOTE_ADDR="81.2.69.160")
    # The geocoder omits empty fields, so a response without results means "no such place".
    nowhere = name in {"missing_keys", "empty object"}
    assert get(client, "/Paris?format=json")[0] == (404 if nowhere else 200)
    # Only the geocoder knows this village.
    village, _ = get(client, "/Zermatt?format=json")
    if nowhere:
        assert village == 404
    elif name in HARMLESS | {"uneven"}:  # the geocoder has no columns
        assert village == 200
    else:
        assert village >= 500, "the village may exist"
    upstreams.heal()
    clock.advance(days=1)
    assert_recovers(client, "/Paris?format=json", clock, upstreams)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_warnings(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str
) -> None:
    """The forecast needs no warnings, and they return after the fault."""
    for provider in ("nws", "bright-sky"):
        upstreams.fail(provider, FAULTS[name])
    for number, path in enumerate(WARNED):
        assert_served(client, f"{path}&n={number}")
    upstreams.heal()
    clock.advance(days=1)
    upstreams.reset()
    for path in WARNED:
        assert_recovers(client, path, clock, upstreams)

    def is_called_again() -> bool:
        """A slot of the provider may belong to a call of before until that ends."""
        clock.advance(minutes=10)
        for path in WARNED:
            get(client, path)
        return {call.provider for call in upstreams.calls()} >= {"nws", "bright-sky"}

    until(is_called_again)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_locators_of_the_server(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str
) -> None:
    """A visitor from the server's network gets an error, or the server's place."""
    for provider in ("ipwhois", "geojs"):
        upstreams.fail(provider, FAULTS[name])
    status, body = get(client, HERE)
    # These providers have no columns, and GeoJS writes its numbers as strings.
    if name in HARMLESS | {"uneven", "nulls", "wrong_types", "implausible"}:
        assert status == 200
        assert body["place"]["name"] == "Zurich"  # type: ignore[index]
    else:
        assert status in {404, 503}
    assert_recovers(client, HERE, clock, upstreams)
