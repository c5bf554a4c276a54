"""The service at fixed times, and clients that take it for wttr.in."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simulator import Upstreams, faults
from tests.clients.stand_in import StandIn, standing_in
from tests.processes import PATIENCE, serve

HERE = Path(__file__).parent
MAY = datetime(2026, 5, 15, 8, 20, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 20, 8, 20, tzinfo=UTC)  # polar night at 78° N
OUTAGE = datetime(2026, 5, 16, 8, 20, tzinfo=UTC)  # no provider can be reached
CLIENTS = os.environ.get("TEST_CLIENTS", "")


@dataclass(frozen=True)
class Result:
    """What a client did."""

    status: int
    output: str
    errors: str

    @property
    def json(self) -> Any:
        assert self.status == 0, self.errors
        return json.loads(self.output)


Run = Callable[..., Result]
Start = Callable[[datetime], StandIn]


@pytest.fixture(scope="session")
def service_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[datetime], int]]:
    """The port of the service whose clock, and whose providers', started at a moment. One service
    for each moment serves all tests."""
    ports: dict[datetime, int] = {}
    with ExitStack() as stack:

        def port(moment: datetime) -> int:
            if moment not in ports:
                folder = tmp_path_factory.mktemp("service")
                ahead = moment - datetime.now(UTC)
                (folder / "seconds").write_text(str(ahead.total_seconds()))
                upstreams = stack.enter_context(Upstreams())
                upstreams.now = _clock(ahead)
                if moment == OUTAGE:
                    upstreams.fail("*", faults.down())
                environment = upstreams.environment() | {
                    "WEB_CONCURRENCY": "1",
                    "SAMPLE_DATA": "0",
                    "PUBLIC_URL": "https://wttr.in",
                }
                command = ("-m", "tests.faults.shifted", str(folder / "seconds"))
                service = stack.enter_context(serve(folder / "log", environment, *command))
                ports[moment] = service.port
            return ports[moment]

        yield port


def _clock(ahead: timedelta) -> Callable[[], datetime]:
    return lambda: datetime.now(UTC) + ahead


@pytest.fixture(scope="session")
def stand_in(
    tmp_path_factory: pytest.TempPathFactory, service_port: Callable[[datetime], int]
) -> Iterator[Start]:
    """wttr.in, as it would be at a moment."""
    started: dict[datetime, StandIn] = {}
    with ExitStack() as stack:

        def start(moment: datetime) -> StandIn:
            if moment not in started:
                proxy = standing_in(tmp_path_factory.mktemp("tls"), service_port(moment))
                started[moment] = stack.enter_context(proxy)
            return started[moment]

        yield start


@pytest.fixture
def run(stand_in: Start, tmp_path: Path) -> Run:
    """Runs a client's Python with arguments; the name of one of our programs, or of a script that
    the client installed, may stand first."""
    if not CLIENTS:
        pytest.skip("TEST_CLIENTS does not name the clients' Python: see tests/fetch_clients")

    def run(program: str, *arguments: str, at: datetime = MAY) -> Result:
        server = stand_in(at)
        ours = HERE / "programs" / program
        script = ours if ours.exists() else Path(CLIENTS).parent / program
        done = subprocess.run(
            [CLIENTS, str(script), *arguments],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "PYTHONPATH": str(HERE / "redirected"),
                "PYTHONUTF8": "1",
                "STAND_IN_PORT": str(server.port),
                "SSL_CERT_FILE": str(server.authority),
                "REQUESTS_CA_BUNDLE": str(server.authority),
            },
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run
