"""Every simulated fault, over a real socket."""

import gzip
import json
import socket
from typing import Any

import pytest
import requests

from simulator import faults
from simulator.server import Upstreams
from tests.simulator.client import ZURICH, get, search

WEATHER = f"/v1/forecast?{ZURICH}&current=temperature_2m,weather_code&hourly=weather_code,rain"


def body_under(upstreams: Upstreams, *planned: faults.Fault) -> requests.Response:
    upstreams.fail("open-meteo", *planned)
    return get(upstreams, "open-meteo", WEATHER)


def healthy(upstreams: Upstreams) -> Any:
    body = get(upstreams, "open-meteo", WEATHER).json()
    return {key: value for key, value in body.items() if key != "generationtime_ms"}


@pytest.mark.parametrize(
    "fault",
    [
        faults.latency(0.01),
        faults.bandwidth(200_000),
        faults.drip_headers(50, 0.001),
        faults.slicer(100, 0.0001),
        faults.slow_close(0.01),
        faults.huge(100_000),
        faults.content_type(),
    ],
    ids=lambda fault: fault.name,
)
def test_a_slow_or_unusual_delivery_has_the_correct_body(
    upstreams: Upstreams, fault: faults.Fault
) -> None:
    body = body_under(upstreams, fault).json()
    upstreams.heal()
    assert {key: body[key] for key in body if key != "generationtime_ms"} == healthy(upstreams)


@pytest.mark.parametrize(
    "fault",
    [
        faults.down(),
        faults.reset_peer(),
        faults.limit_data(20),
    ],
    ids=lambda fault: fault.name,
)
def test_a_connection_breaks(upstreams: Upstreams, fault: faults.Fault) -> None:
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        body_under(upstreams, fault)


def test_reset_peer_sends_rst(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.reset_peer())
    with socket.create_connection(("127.0.0.1", upstreams.port)) as client:
        client.sendall(b"GET /open-meteo/v1/forecast HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            client.recv(1)


def test_timeout_sends_nothing_until_the_client_gives_up(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.timeout())
    with pytest.raises(requests.ReadTimeout):
        requests.get(upstreams.url("open-meteo") + WEATHER, timeout=0.05)


def test_endless_sends_until_the_client_closes(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.endless())
    with requests.get(upstreams.url("open-meteo"), stream=True, timeout=5) as answer:
        assert len(answer.raw.read(300_000)) == 300_000


def test_a_gzip_bomb_is_small_before_decompression(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.gzip_bomb(2))
    with requests.get(upstreams.url("open-meteo"), stream=True, timeout=5) as answer:
        packed = answer.raw.read(decode_content=False)
    assert len(packed) < 10_000
    assert len(gzip.decompress(packed)) == 2 * 1024 * 1024


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        (faults.server_error(), 500, "Something went wrong."),
        (faults.overloaded(), 503, "The service is overloaded"),
        (faults.rate_limited(), 429, faults.LIMITS["minutely"]),
        (faults.rate_limited("hourly"), 429, faults.LIMITS["hourly"]),
        (faults.rate_limited("daily"), 429, faults.LIMITS["daily"]),
        (faults.rate_limited("concurrent"), 429, "Too many concurrent requests"),
    ],
)
def test_a_status_has_open_meteos_message(
    upstreams: Upstreams, fault: faults.Fault, status: int, reason: str
) -> None:
    answer = body_under(upstreams, fault)
    assert (answer.status_code, answer.json()) == (status, {"error": True, "reason": reason})
    assert "Retry-After" not in answer.headers


def test_status_takes_a_body_and_headers(upstreams: Upstreams) -> None:
    answer = body_under(upstreams, faults.status(418, "teapot", {"X-Pot": "tea"}))
    assert (answer.status_code, answer.text, answer.headers["X-Pot"]) == (418, "teapot", "tea")
    limited = body_under(upstreams, faults.rate_limited(retry_after=99_999))
    assert limited.headers["Retry-After"] == "99999"


def test_a_redirect_has_its_location(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.redirect())
    answer = get(upstreams, "open-meteo", WEATHER, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "http://169.254.169.254/")


@pytest.mark.parametrize(
    "fault",
    [
        faults.invalid_json(),
        faults.html_200(),
        faults.bare_nan(),
        faults.broken_stream(),
        faults.empty(),
        faults.text("Bad Gateway"),
    ],
    ids=lambda fault: fault.name,
)
def test_a_body_that_is_not_json(upstreams: Upstreams, fault: faults.Fault) -> None:
    answer = body_under(upstreams, fault)
    assert answer.status_code == 200
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_values_are_replaced(upstreams: Upstreams) -> None:
    def current(fault: faults.Fault) -> Any:
        return body_under(upstreams, fault).json()["current"]

    assert current(faults.nulls())["temperature_2m"] is None
    assert current(faults.unknown_code())["weather_code"] == 42
    assert current(faults.wrong_types())["temperature_2m"] == "n/a"
    assert current(faults.missing_keys(["temperature_2m"])).keys() == {
        "time",
        "interval",
        "weather_code",
    }
    assert "current" not in body_under(upstreams, faults.missing_keys()).json()
    assert "NaN" in body_under(upstreams, faults.not_finite()).text
    assert isinstance(body_under(upstreams, faults.json_list()).json(), list)
    assert body_under(upstreams, faults.json_scalar("text")).json() == "text"
    hourly = body_under(upstreams, faults.uneven()).json()["hourly"]
    assert len({len(values) for values in hourly.values()}) == 3


def test_deep_json_exhausts_a_recursive_parser(upstreams: Upstreams) -> None:
    answer = body_under(upstreams, faults.deep_json())
    with pytest.raises(RecursionError):
        json.loads(answer.text)


def test_values_of_met_norway_and_the_geocoder_are_replaced(upstreams: Upstreams) -> None:
    upstreams.fail("*", faults.unknown_code())
    met = get(
        upstreams, "met-norway", "/weatherapi/locationforecast/2.0/compact?lat=1&lon=1"
    ).json()
    assert met["properties"]["timeseries"][0]["data"]["next_1_hours"]["summary"] == {
        "symbol_code": "42"
    }
    upstreams.fail("*", faults.nulls())
    assert search(upstreams, "name=Paris")[0]["latitude"] is None


def test_faults_combine_and_end_after_the_first_requests(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.latency(0.001), faults.overloaded(), first=2)
    statuses = [get(upstreams, "open-meteo", WEATHER).status_code for _ in range(4)]
    assert statuses == [503, 503, 200, 200]


def test_a_fault_affects_only_its_provider(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.overloaded())
    assert get(upstreams, "air-quality", f"/v1/air-quality?{ZURICH}").status_code == 200
    with pytest.raises(KeyError):
        upstreams.fail("nobody", faults.overloaded())
