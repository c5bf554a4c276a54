"""The service under test, which runs in an emulator of another architecture, beside the source
tree's. Run by `arm64.py`, which names the command in TESTED_SERVICE."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path

import pytest
import requests

from simulator import Upstreams, faults
from tests.conftest import until
from tests.images import memory
from tests.processes import PATIENCE, Service, run, serve, workers

AARCH64 = 183  # ELF's number of the architecture
BROWSER = "Mozilla/5.0 (X11; Linux aarch64; rv:140.0) Gecko/20100101 Firefox/140.0"
TERMINAL = "curl/8.14.1"
VIEWS = (
    *("/Paris?format=html", "/Paris?format=html&lang=ar", "/Paris", "/Paris?lang=ja"),
    *("/Paris?format=3", "/Paris?format=v2", "/Paris:Oslo?view=table", "/Paris/umbrella"),
    *("/Paris?format=json", "/Paris?format=j1", "/api/v1/weather?q=Paris", "/Paris?format=p1"),
    *("/Paris.png", "/Paris.svg", "/Paris.ics", "/moon", "/:help", "/healthz"),
)
UNKNOWN = ("/Xyzzyqwertz", "/Xyzzyqwertz?format=html", "/Xyzzyqwertz?format=json")
STATUSES = dict.fromkeys(VIEWS, 200) | dict.fromkeys(UNKNOWN, 404) | {"/91,0": 400}
ADDRESS = {"PUBLIC_URL": "https://weather.example.org"}


@contextmanager
def emulated(upstreams: Upstreams, folder: Path, **settings: str) -> Iterator[Service]:
    """The service, which has ended without an error after the block."""
    moment = datetime.now(UTC)  # about the clock of the processes
    upstreams.now = lambda: moment
    cache = {"CACHE_URL": str(folder / "cache"), "DEADLINE": "60", **settings}
    with serve(folder / "log", {**upstreams.environment(), **cache}) as service:
        yield service
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(PATIENCE) == 0
    assert "Traceback" not in service.log.read_text()


@contextmanager
def source_tree(upstreams: Upstreams, folder: Path, **settings: str) -> Iterator[Service]:
    cache = {"CACHE_URL": str(folder / "cache"), "DEADLINE": "60", **settings}
    with serve(folder / "source.log", {**upstreams.environment(), **cache}, "app.py") as service:
        yield service


def response(service: Service, path: str, agent: str) -> tuple[int, str, bytes]:
    answer = requests.get(service.url + path, headers={"User-Agent": agent}, timeout=PATIENCE)
    return answer.status_code, answer.headers["Content-Type"], answer.content


def test_responses_are_those_of_the_source_tree(upstreams: Upstreams, tmp_path: Path) -> None:
    """The service under test fetches the forecasts. The other one reads them from the cache, so
    that both name the same time of it."""
    with (
        emulated(upstreams, tmp_path, **ADDRESS) as service,
        source_tree(upstreams, tmp_path, **ADDRESS) as source,
    ):
        for (path, status), agent in product(STATUSES.items(), (BROWSER, TERMINAL)):
            assert response(service, path, agent)[0] == status
            until(partial(respond_equally, service, source, path, agent))
        providers = {call.provider for call in upstreams.calls()}
        assert "open-meteo" in providers


def respond_equally(service: Service, source: Service, path: str, agent: str) -> bool:
    """Not at the turn of a minute, if the response names the time."""
    return response(service, path, agent) == response(source, path, agent)


def test_the_health_check_succeeds(upstreams: Upstreams, tmp_path: Path) -> None:
    with emulated(upstreams, tmp_path) as service:
        done = run("app.py", "health", PORT=str(service.port))
        assert done.returncode == 0, done.stderr


def test_relocated_constants_are_read_only(upstreams: Upstreams, tmp_path: Path) -> None:
    with emulated(upstreams, tmp_path) as service:
        for server in (service.process.pid, *workers(service)):
            process = memory.Process(server, emulated=AARCH64)
            start, end = process.relocated_constants()
            assert end - start > 100_000
            assert {part.permissions for part in process.mappings(start, end)} == {"r--p"}


@pytest.mark.parametrize("nesting", ["[", '{"a":'])
def test_deeply_nested_json_does_not_crash(
    upstreams: Upstreams, tmp_path: Path, nesting: str
) -> None:
    with emulated(upstreams, tmp_path, WEB_CONCURRENCY="1") as service:
        before = workers(service)
        upstreams.fail("*", faults.status(200, nesting * 100_000))
        assert response(service, "/48.85,2.35?format=json&strict=1", "curl/8")[0] >= 500
        assert workers(service) == before
