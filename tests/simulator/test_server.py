"""The simulator's server: its records, its controls and its command."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from simulator import PROVIDERS, Upstreams, data_faults, faults
from tests.simulator.client import AGENT, ZURICH, get
from weather.providers import registry

NOW = datetime(2026, 3, 5, 21, 7, 30, tzinfo=UTC)
WEATHER = f"/v1/forecast?{ZURICH}&current=temperature_2m&hourly=rain"


@pytest.fixture
def upstreams() -> Iterator[Upstreams]:
    with Upstreams() as server:
        server.now = lambda: NOW
        yield server


def test_calls_are_recorded(upstreams: Upstreams) -> None:
    get(upstreams, "geocoding", "/v1/search?name=Z%C3%BCrich&count=1&count=2")
    get(upstreams, "open-meteo", WEATHER)
    (call,) = upstreams.calls("geocoding")
    assert (call.method, call.path) == ("GET", "/v1/search")
    assert call.query == {"name": "Zürich", "count": "1,2"}
    assert call.headers["user-agent"] == AGENT["User-Agent"]
    assert call.time == NOW
    assert len(upstreams.calls()) == 2
    upstreams.reset()
    assert upstreams.calls() == []


def test_connections_are_kept_alive(upstreams: Upstreams) -> None:
    with socket.create_connection(("127.0.0.1", upstreams.port)) as client:
        for _ in range(3):
            client.sendall(b"HEAD /geojs/v1/ip/geo.json HTTP/1.1\r\nHost: x\r\n\r\n")
            assert client.recv(4096).startswith(b"HTTP/1.1 200 OK")


def test_connections_are_refused_until_accepted_again() -> None:
    with Upstreams() as upstreams:
        url = upstreams.url("geojs") + "/v1/ip/geo.json"
        assert requests.get(url, timeout=5).ok
        upstreams.refuse()
        with pytest.raises(requests.ConnectionError):
            requests.get(url, timeout=5)
        upstreams.accept()
        assert requests.get(url, timeout=5).ok


def test_the_environment_points_the_service_to_the_simulator(upstreams: Upstreams) -> None:
    environment = upstreams.environment()
    urls = {name: value for name, value in environment.items() if name.endswith("_URL")}
    settings = [each.variable for each in registry.settings() if each.name.endswith("_url")]
    assert sorted(urls) == sorted(settings)
    assert all(url.startswith("http://127.0.0.1:") for url in urls.values())
    assert environment["SAMPLE_DATA"] == "1"
    assert "{month}" in environment["GEOIP_DOWNLOAD_URL"]
    with pytest.raises(KeyError):
        upstreams.url("nobody")


def test_every_control_works_over_http(upstreams: Upstreams) -> None:
    base = f"http://127.0.0.1:{upstreams.port}/_control"

    def post(path: str, **body: Any) -> int:
        return requests.post(base + path, json=body, timeout=5).status_code

    plan = [{"name": "status", "code": 418}]
    assert post("/fail", provider="open-meteo", faults=plan, first=1) == 200
    assert get(upstreams, "open-meteo", WEATHER).status_code == 418
    assert get(upstreams, "open-meteo", WEATHER).status_code == 200
    assert requests.get(base + "/calls?provider=open-meteo", timeout=5).json()[0]["query"]["hourly"]
    assert post("/clock", now="2026-07-01T12:00:00+00:00") == 200
    assert requests.get(base + "/", timeout=5).json()["now"].startswith("2026-07-01")
    assert post("/home", city="Suva") == 200
    assert get(upstreams, "ipwhois", "/").json()["city"] == "Suva"
    assert post("/home", city="Zurich") == 200
    assert post("/address", ip="9.9.9.9", city="Apia") == 200
    assert get(upstreams, "ipwhois", "/9.9.9.9").json()["city"] == "Apia"
    assert requests.put(base + "/db-ip/2026-01", data=b"x", timeout=5).ok
    assert get(upstreams, "db-ip", "/free/dbip-city-lite-2026-01.mmdb.gz").content == b"x"
    assert (post("/heal"), post("/reset"), post("/clock")) == (200, 200, 200)
    assert (post("/fail", provider="nobody", faults=[]), post("/frogs")) == (400, 404)
    assert upstreams.calls() == []


def test_every_fault_has_a_name_over_http() -> None:
    public = {
        name
        for name, value in vars(faults).items()
        if callable(value)
        and getattr(value, "__module__", "") in {faults.__name__, data_faults.__name__}
        and name.islower()
    }
    assert set(faults.VOCABULARY) == public


def test_every_provider_answers_without_a_server_error(upstreams: Upstreams) -> None:
    for provider in PROVIDERS:
        assert get(upstreams, provider, "/").status_code < 500


def test_the_command_prints_the_settings(upstreams: Upstreams) -> None:
    command = [sys.executable, "-m", "simulator", "--port", "0", "--city", "Suva"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in upstreams.environment()]
        settings = dict(line.removeprefix("export ").strip().split("=") for line in lines)
        body = requests.get(settings["IPWHOIS_URL"] + "/", timeout=5).json()
        process.terminate()
    assert body["city"] == "Suva"
    assert settings["CONTACT"] == "demo@example.org"
