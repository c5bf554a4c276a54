"""The service as a process: its start, its faults, its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from simulator import Upstreams, faults
from tests.conftest import until
from tests.processes import PATIENCE, ROOT, run, serve


@pytest.fixture
def environment(upstreams: Upstreams) -> dict[str, str]:
    upstreams.now = lambda: datetime.now(UTC)  # the clock of the service's process
    return upstreams.environment()


def test_the_service_starts_and_stops_cleanly(environment: dict[str, str], tmp_path: Path) -> None:
    with serve(tmp_path / "log", environment) as service:
        body = requests.get(f"{service.url}/Paris?format=json", timeout=PATIENCE).json()
        assert body["place"]["name"] == "Paris"
        assert run("app.py", "health", PORT=str(service.port)).returncode == 0
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(PATIENCE) == 0
    assert "Traceback" not in service.log.read_text()


def test_a_running_request_is_completed_before_the_end(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    upstreams.fail("open-meteo", faults.latency(1.0))
    statuses: list[int] = []
    with serve(tmp_path / "log", environment) as service:

        def visit() -> None:
            statuses.append(requests.get(f"{service.url}/48,8?T", timeout=PATIENCE).status_code)

        visitor = threading.Thread(target=visit)
        visitor.start()
        until(lambda: upstreams.calls("open-meteo"))
        service.process.send_signal(signal.SIGTERM)
        visitor.join()
    assert statuses == [200]


def test_a_ready_response_waits_for_no_thread(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    # The thread waits until the end of the test, however busy the machine is.
    one = {"WEB_CONCURRENCY": "1", "THREADS": "1", "DEADLINE": "60"}
    with serve(tmp_path / "log", environment | one) as service:

        def get(path: str) -> requests.Response:
            return requests.get(f"{service.url}{path}", timeout=PATIENCE)

        made = get("/Paris?format=4&units=metric")
        upstreams.reset()
        upstreams.fail("open-meteo", faults.timeout())
        visitor = threading.Thread(target=get, args=("/48,8?T",))
        visitor.start()
        until(lambda: upstreams.calls("open-meteo"))
        response = get("/Paris?format=4&units=metric")
        assert visitor.is_alive(), "the only thread waits for the provider"
        assert response.text == made.text
        assert response.headers["Cache-Status"] == "weather-microcache; hit"
        upstreams.heal()
        visitor.join()


def test_the_deadline_is_kept_without_any_provider(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    upstreams.fail("*", faults.timeout())
    with serve(tmp_path / "log", {**environment, "DEADLINE": "0.5"}) as service:
        response = requests.get(f"{service.url}/48,8?strict=1", timeout=PATIENCE)
    assert response.status_code in {503, 504}


def test_the_cache_folder_survives_the_process(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    folder = {**environment, "CACHE_URL": str(tmp_path / "answers")}
    for _ in range(2):
        with serve(tmp_path / "log", folder) as service:
            assert requests.get(f"{service.url}/Paris", timeout=PATIENCE).status_code == 200
    assert len(upstreams.calls("open-meteo")) == 1


def test_memory_replaces_an_unusable_cache_folder(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    nowhere = {**environment, "CACHE_URL": str(tmp_path / "file" / "answers")}
    with serve(tmp_path / "log", nowhere) as service:
        assert requests.get(f"{service.url}/Paris", timeout=PATIENCE).status_code == 200
    assert "cannot be written" in service.log.read_text()


def test_neither_addresses_nor_places_are_logged(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with serve(tmp_path / "log", {**environment, "TRUSTED_PROXIES": "1"}) as service:
        visitor = {"X-Forwarded-For": "81.2.69.160"}
        for path in ("/", "/Reykjavik", "/?lat=12.34&lon=56.78", "/?q=%00"):
            requests.get(service.url + path, headers=visitor, timeout=PATIENCE)
    log = service.log.read_text()
    for secret in ("81.2.69", "Reykjavik", "12.34", "London"):
        assert secret not in log


@pytest.mark.parametrize("host", ["::1", "127.0.0.1"])
def test_the_service_listens_on_host(
    environment: dict[str, str], tmp_path: Path, host: str
) -> None:
    with serve(tmp_path / "log", {**environment, "HOST": host}) as service:
        done = run("app.py", "health", PORT=str(service.port), HOST=host)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("THREADS", "0"),
        ("DEADLINE", "soon"),
        ("OPEN_METEO_URL", "ftp://example.org"),
        ("IP_LOCATORS", "guess"),
        ("TRUSTED_PROXIES", "everybody"),
        ("GEOIP_DATABASE", "/no/such/file.mmdb"),
        ("DEFAULT_LOCATION", "91,0"),
        ("SSL_CERT_FILE", "/no/such/bundle.pem"),
        ("CACHE_URL", "relative/folder"),
        ("FORECAST_PROVIDERS", "met-norway"),
        ("SAMPLE_DATA", "perhaps"),
        ("GEOIP_DOWNLOAD_URL", "https://example.org/file"),
    ],
)
def test_an_invalid_setting_prevents_the_start_and_is_named(variable: str, value: str) -> None:
    done = run("app.py", **{"PORT": "0", variable: value})
    assert done.returncode == 2
    assert variable in done.stderr
    assert "Traceback" not in done.stderr


def test_other_wsgi_servers_and_flask_run(environment: dict[str, str]) -> None:
    code = "from app import app; print(app.test_client().get('/healthz').json)"
    assert "alive" in run("-c", code, **environment, CACHE_URL="memory").stdout
    frozen = run(
        "-c", "import app, gc; print(gc.get_freeze_count(), gc.isenabled())", **environment
    )
    count, is_enabled = frozen.stdout.split()
    assert int(count) > 10_000  # what is imported, which no collection then looks at
    assert is_enabled == "True"
    routes = run("-m", "flask", "routes", **environment, CACHE_URL="memory")
    assert "/api/v1/weather" in routes.stdout, routes.stderr


def test_each_worker_calls_what_it_is_given_at_its_start(tmp_path: Path) -> None:
    code = """if True:
        import os, signal
        from flask import Flask
        from weather.server.gunicorn_app import serve
        from weather.settings import Settings

        def start():
            with open(os.environ["STARTED"], "w") as file:
                file.write(str(os.getppid()))
            os.kill(os.getppid(), signal.SIGTERM)

        print(os.getpid(), flush=True)
        serve(Flask("hello"), Settings(host="127.0.0.1", port=0, web_concurrency=1),
              on_worker_start=start)
    """
    started = tmp_path / "started"
    master = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env={**os.environ, "STARTED": str(started)},
        check=True, capture_output=True, text=True, timeout=PATIENCE,
    ).stdout.strip()  # fmt: skip
    assert started.read_text() == master
