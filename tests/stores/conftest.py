"""A store of each kind, and a Redis server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.redis_server import RedisServer
from weather.stores.base import Store, open_store
from weather.stores.folder import Folder
from weather.stores.memory import Memory

Make = Callable[[], Store]


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    with RedisServer() as server:
        yield server


@pytest.fixture(params=["memory", "folder", "redis"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """One more process's view of a store of each kind."""
    if request.param == "redis":
        url = request.getfixturevalue("redis").url
        return lambda: open_store(url, None, entries=1000, megabytes=10)
    if request.param == "folder":
        return lambda: Folder(tmp_path, 1000, 10_000_000)
    memory = Memory(1000, 10_000_000)
    return lambda: memory


@pytest.fixture(params=["folder", "redis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store that processes share."""
    if request.param == "redis":
        return str(request.getfixturevalue("redis").url)
    return str(tmp_path)
