"""The service in processes of its own, in front of providers that fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator import Upstreams
from tests.processes import Service, serve
from tests.redis_server import RedisServer
from weather import atlas


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture(autouse=True, scope="session")
def _loaded_tables() -> None:
    """As the service loads them before its first request, which has a deadline."""
    atlas.load()


@pytest.fixture
def upstreams() -> Iterator[Upstreams]:
    with Upstreams() as server:
        server.now = lambda: datetime.now(UTC)  # the clock of the service's process
        yield server
        server.heal()


@pytest.fixture
def environment(upstreams: Upstreams, tmp_path: Path) -> dict[str, str]:
    """The default settings, two workers that share a folder, without a rate limit."""
    folder = str(tmp_path / "answers")
    return {**upstreams.environment(), "CACHE_URL": folder, "RATE_LIMIT": "0", "DEADLINE": "5"}


@pytest.fixture
def service(environment: dict[str, str], tmp_path: Path) -> Iterator[Service]:
    with serve_cleanly(tmp_path / "log", environment) as running:
        yield running


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


@contextmanager
def serve_cleanly(log: Path, environment: dict[str, str], *command: str) -> Iterator[Service]:
    """`tests.processes.serve`; fails if the log has a traceback at the end."""
    with serve(log, environment, *command) as running:
        yield running
    assert "Traceback" not in log.read_text(), log.read_text()
