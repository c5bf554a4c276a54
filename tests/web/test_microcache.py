"""Responses that visitors share."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.conftest import Clock, until

JSON = "/Paris?format=json&units=metric"
LONDON = {"REMOTE_ADDR": "81.2.69.160"}


def test_visitors_share_equal_responses(client: FlaskClient) -> None:
    """Each pair sends the same request within two seconds."""
    london, neighbour = "81.2.69.160", "81.2.69.161"
    sydney, nuremberg, mountain_view = "1.1.1.1", "5.9.0.1", "8.8.8.8"

    def shared(path: str, *visitors: str) -> bool:
        responses = [
            client.get(path, environ_overrides={"REMOTE_ADDR": visitor}) for visitor in visitors
        ]
        assert [response.status_code for response in responses] == [200, 200]
        return responses[1].headers["Cache-Status"] == "weather-microcache; hit"

    assert shared("/Paris?format=json&units=metric", london, mountain_view)
    assert shared("/Paris?format=json", nuremberg, sydney)
    assert not shared("/Paris?format=json&n=1", london, mountain_view), "they have other units"
    assert not shared("/Paris?format=json&n=2", london, sydney), "they have other units"
    assert not shared("/Paris?format=json&n=3", sydney, london), "they have other units"
    assert not shared("/?format=json", london, sydney)
    assert shared("/?format=json&n=1", london, neighbour)


def test_shared_responses_count_against_the_rate_limit(make_app: Callable[..., Flask]) -> None:
    client = make_app(rate_limit=2).test_client()
    other = {"REMOTE_ADDR": "1.1.1.1"}
    addresses = (LONDON, LONDON, other, LONDON)
    responses = [client.get(JSON, environ_overrides=address) for address in addresses]
    assert [response.status_code for response in responses] == [200, 200, 200, 429]
    left = [response.headers["RateLimit"].split(";")[1] for response in responses]
    assert left == ["r=1", "r=0", "r=1", "r=0"]
    assert responses[3].get_json()["status"] == 429


def test_cached_responses_expire_when_the_clock_is_set_back(
    client: FlaskClient, clock: Clock
) -> None:
    assert client.get(JSON).status_code == 200
    clock.advance(days=-1)
    response = client.get(JSON)
    assert response.headers["Cache-Status"].startswith("weather; fwd=miss")
    assert response.get_json()["provenance"]["age"] == 0


def test_a_response_is_kept_for_the_units_that_it_has(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    """The visitor's country becomes known by another request while the response is made."""
    app = make_app(ip_locators=("ipwhois",))
    responses: list[dict[str, Any]] = []

    def get(path: str) -> None:
        visitor = {"REMOTE_ADDR": "8.8.8.8"}
        responses.append(app.test_client().get(path, environ_overrides=visitor).get_json())

    get("/Oslo?format=json&units=metric")  # so that the next one needs no call
    upstreams.reset()
    upstreams.fail("open-meteo", faults.timeout(), first=1)
    first = Thread(target=get, args=("/Paris?format=json",))
    first.start()
    until(lambda: upstreams.calls("open-meteo"))
    get("/?format=json&fields=units")
    upstreams.heal()
    first.join()
    get("/Paris?format=json")
    units = [response["units"]["temperature"] for response in responses]
    assert units == ["°C", "°F", units[2], "°F"]


@pytest.mark.parametrize(
    ("agent", "accepted", "header"),
    [
        ("Mozilla", ("text/html,*/*", "*/*"), "curl/8"),
        ("curl", ("text/html,*/*", "text/html"), "Mozilla/5.0"),
    ],
)
def test_a_named_agent_mixes_up_no_representations(
    client: FlaskClient, agent: str, accepted: tuple[str, str], header: str
) -> None:
    """Both clients are of a kind by their headers, and not by `agent`."""
    kinds = []
    for accept in (*accepted, *accepted):
        sent = {"Accept": accept, "User-Agent": header}
        kinds.append(client.get(f"/Oslo?agent={agent}", headers=sent).mimetype)
    assert set(kinds[:2]) == {"text/html", "text/plain"}
    assert kinds[:2] == kinds[2:]
