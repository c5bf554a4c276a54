"""Every fault of every provider: the status, the time, the old answer, the recovery."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.conftest import Clock
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
    **{f"429 of the {each}": faults.rate_limited(each) for each in faults.LIMITS},
    "429 for a day": faults.rate_limited("minutely", retry_after=99_999),
    "403": faults.status(403),
    "404": faults.status(404),
    "502": faults.status(502),
    "redirect for ever": faults.redirect("/v1/forecast", 301),
    "null": faults.json_scalar(None),
    "empty object": faults.text("{}"),
}
# What spoils nothing: the right answer by a bad road, or a value that is of no weight.
HARMLESS = {"slicer", "slow_close", "content_type", "unknown_code"}
FORECAST = "/48.1,8.1?format=json&units=metric"
HERE = "/?format=json"
WARNED = ("/38.9,-77.0?format=json", "/52.5,13.4?format=json")  # Washington and Berlin
ANSWERS = {200, 404, 502, 503, 504}


@pytest.fixture
def upstreams(clock: Clock) -> object:
    """With the clock of the tests, to bring back old answers."""
    with Upstreams() as server:
        server.now = clock
        yield server
        server.heal()


@pytest.fixture
def client(make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app(deadline=DEADLINE, rate_limit=0).test_client()


def ask(client: FlaskClient, path: str, **visitor: str) -> tuple[int, dict[str, object]]:
    began = time.monotonic()
    answer = client.get(f"{path}&strict=1", environ_overrides=visitor)
    assert time.monotonic() - began < DEADLINE + slack()
    told = answer.get_json()
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"
        assert "127.0.0.1" not in answer.text, "no URL of an upstream"
        assert answer.status_code != 503 or "Retry-After" in answer.headers
    assert answer.status_code in ANSWERS, answer.text
    return answer.status_code, told


def recovers(client: FlaskClient, path: str, clock: Clock, upstreams: Upstreams) -> None:
    """Once it is healed: at once, or when a budget's day or a breaker's pause is over."""
    upstreams.heal()
    clock.advance(days=1)
    for number in range(100):
        status, _ = ask(client, f"{path}&n={number}")
        if status == 200:
            return
        time.sleep(0.1)
    raise AssertionError("it does not recover")


@pytest.mark.parametrize("name", FAULTS)
def test_of_the_first_forecaster(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str
) -> None:
    """The second one answers, or nobody needs it to."""
    upstreams.fail("open-meteo", FAULTS[name])
    status, told = ask(client, FORECAST)
    assert status == 200
    provider = "open-meteo" if name in HARMLESS else "met-norway"
    assert told["provenance"]["provider"] == provider  # type: ignore[index]
    recovers(client, FORECAST, clock, upstreams)


@pytest.mark.parametrize("name", FAULTS)
def test_of_all_forecasters(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str
) -> None:
    """Who was here before gets the old answer, and says so; others are told what is wrong."""
    assert ask(client, FORECAST)[0] == 200
    clock.advance(hours=3)
    for each in ("open-meteo", "met-norway"):
        upstreams.fail(each, FAULTS[name])
    status, told = ask(client, FORECAST)
    assert status == 200
    if name not in HARMLESS | {"uneven"}:  # MET Norway has no columns
        assert told["provenance"]["stale"] is True  # type: ignore[index]
        unseen, _ = ask(client, "/-48.1,8.1?format=json")
        assert unseen in {502, 503, 504}
    recovers(client, FORECAST, clock, upstreams)


@pytest.mark.parametrize("name", FAULTS)
def test_of_air_and_names(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str
) -> None:
    """The weather goes on without the air; a place that cannot be told is no other place."""
    for each in ("air-quality", "geocoding"):
        upstreams.fail(each, FAULTS[name])
    assert ask(client, FORECAST)[0] == 200
    # Addresses are looked up in our own table, and well-known names are found in it.
    assert ask(client, "/?format=json", REMOTE_ADDR="81.2.69.160")[0] == 200
    # Its answers leave out what is empty, so one without results is "no such place".
    nowhere = name in {"missing_keys", "empty object"}
    assert ask(client, "/Paris?format=json")[0] == (404 if nowhere else 200)
    # A village that only the geocoder knows.
    village, _ = ask(client, "/Zermatt?format=json")
    if nowhere:
        assert village == 404
    elif name in HARMLESS | {"uneven"}:  # it has no columns
        assert village == 200
    else:
        assert village >= 500, "no proof that there is no such place"
    upstreams.heal()
    clock.advance(days=1)
    recovers(client, "/Paris?format=json", clock, upstreams)


@pytest.mark.parametrize("name", FAULTS)
def test_of_warnings(client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str) -> None:
    """The forecast goes on without them, and they come back."""
    for each in ("nws", "bright-sky"):
        upstreams.fail(each, FAULTS[name])
    for number, path in enumerate(WARNED):
        assert ask(client, f"{path}&n={number}")[0] == 200
    upstreams.heal()
    clock.advance(days=1)
    upstreams.reset()
    for path in WARNED:
        recovers(client, path, clock, upstreams)
    assert {call.provider for call in upstreams.calls()} >= {"nws", "bright-sky"}


@pytest.mark.parametrize("name", FAULTS)
def test_of_the_server_s_own_place(
    client: FlaskClient, upstreams: Upstreams, clock: Clock, name: str
) -> None:
    """A visitor from its network is told that nobody can tell, or shown where it is."""
    for each in ("ipwhois", "geojs"):
        upstreams.fail(each, FAULTS[name])
    status, told = ask(client, HERE)
    # They have no columns, and GeoJS writes its numbers as texts.
    if name in HARMLESS | {"uneven", "nulls", "wrong_types"}:
        assert status == 200
        assert told["place"]["name"] == "Zurich"  # type: ignore[index]
    else:
        assert status in {404, 503}
    recovers(client, HERE, clock, upstreams)
