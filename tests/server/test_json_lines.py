"""LOG_FORMAT=json: an object in each line, with the id of its request."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from simulator import Upstreams, faults
from tests.processes import PATIENCE, Service, serve
from tests.reports.test_logs import FAILING, HEAD, REQUESTS, SECRETS, send

ID = "0123-proxy.request_id"
SERVERS = {
    "python app.py": (),
    "gunicorn app:app": ("-m", "gunicorn", "app:app", "-b", "127.0.0.1:0"),
    "flask run": ("-m", "flask", "run", "--port", "0"),
}


@pytest.fixture
def environment(upstreams: Upstreams) -> dict[str, str]:
    upstreams.now = lambda: datetime.now(UTC)
    return {**upstreams.environment(), "LOG_FORMAT": "json", "WEB_CONCURRENCY": "1"}


def lines(service: Service) -> list[dict[str, Any]]:
    return [json.loads(line) for line in service.log.read_text().splitlines()]


def fail(service: Service, path: str, **headers: str) -> str:
    """The id of a request that no provider answers."""
    response = requests.get(f"{service.url}{path}?strict=1", headers=headers, timeout=PATIENCE)
    assert response.status_code == 503
    return response.headers["X-Request-ID"]


def test_every_line_is_an_object_with_time_level_logger_and_message(
    environment: dict[str, str], tmp_path: Path, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.down())
    with serve(tmp_path / "log", environment | {"LOG_LEVEL": "debug"}) as service:
        fail(service, "/48,8")
        for request in REQUESTS:
            send(service, request)
    found = lines(service)
    for line in found:
        assert datetime.fromisoformat(line["time"]).tzinfo
        assert {"level", "logger", "message", "process"} <= line.keys()
    assert {"gunicorn.error", "weather.upstream.exchange"} <= {line["logger"] for line in found}


def test_the_lines_of_a_request_have_its_id_and_the_failed_response_too(
    environment: dict[str, str], tmp_path: Path, upstreams: Upstreams
) -> None:
    """Also those of the threads that call providers for it."""
    upstreams.fail("*", faults.down())
    with serve(tmp_path / "log", environment) as service:
        first, second = fail(service, "/48,8"), fail(service, "/48,9")
    assert first != second
    for request_id in (first, second):
        own = [line for line in lines(service) if line.get("request_id") == request_id]
        assert "weather.upstream.exchange" in {line["logger"] for line in own}


def test_the_id_of_a_trusted_proxy_is_used_and_no_other(
    environment: dict[str, str], tmp_path: Path, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.down())
    long = "x" * 65
    with serve(tmp_path / "log", environment) as service:
        assert fail(service, "/48,8", **{"X-Request-ID": ID}) != ID
    with serve(tmp_path / "log", environment | {"TRUSTED_PROXIES": "loopback"}) as service:
        assert fail(service, "/48,8", **{"X-Request-ID": ID}) == ID
        for odd in ("short", long, "Reykjavik 64.1,-21.9"):
            assert fail(service, "/48,9", **{"X-Request-ID": odd}) != odd


@pytest.mark.parametrize("server", SERVERS)
def test_neither_addresses_nor_places_are_in_the_objects(
    environment: dict[str, str], tmp_path: Path, upstreams: Upstreams, server: str
) -> None:
    environment |= {"LOG_LEVEL": "debug", "TRUSTED_PROXIES": "1"}
    with serve(tmp_path / "log", environment, *SERVERS[server]) as service:
        for request in REQUESTS:
            send(service, request)
        upstreams.fail("*", faults.invalid_json())
        for path in FAILING:
            send(service, b"GET " + path + b" HTTP/1.1\r\n" + HEAD + b"\r\n")
    log = service.log.read_text().splitlines()
    harmless = ("Listening at", "Running on")
    own = [line for line in log if not any(word in line for word in harmless)]
    own = [line for line in own if not line.startswith("  ")]  # gunicorn's configuration
    assert [line for line in own for secret in SECRETS if secret in line] == []
    assert any(line.startswith("{") for line in own) or server == "flask run"


def test_a_traceback_is_a_field_of_one_line_and_has_no_messages() -> None:
    import logging

    from weather.server.json_lines import JsonFormatter
    from weather.server.logs import _without_message

    try:
        raise ValueError("Reyk" + "javik")
    except ValueError as error:
        information = (ValueError, error, error.__traceback__)
        record = logging.LogRecord("x", logging.ERROR, "", 1, "Broken %s", ("é",), information)
    text = JsonFormatter(_without_message).format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert line["message"] == "Broken é"
    assert "ValueError" in line["traceback"]
    assert "Reykjavik" not in text
