"""Redis dies, hangs and comes back under load, and costs nobody an answer."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from simulator import Upstreams
from tests.conftest import until
from tests.faults.conftest import watched
from tests.faults.visitors import coming, slack, visit
from tests.redis_server import RedisServer


def test_redis_may_come_and_go(
    environment: dict[str, str], upstreams: Upstreams, redis: RedisServer, tmp_path: Path
) -> None:
    numbers = itertools.count()
    with watched(tmp_path / "log", {**environment, "CACHE_URL": redis.url}) as service:

        def next_url() -> str:
            number = next(numbers)
            return f"{service.url}/{40 + number % 20}.5,8.5?n={number}"

        with coming(next_url) as crowd:

            def more() -> None:
                seen = len(crowd.visits)
                until(lambda: len(crowd.visits) > seen + 100)

            more()
            for change in (redis.hang, redis.wake, redis.kill, redis.start):
                change()
                more()
    assert set(crowd.statuses()) == {200}
    assert max(each.seconds for each in crowd.visits) < 5 + slack()
    assert len(upstreams.calls("open-meteo")) <= 3 * 20, "once, and once for each worker alone"
    assert "Redis cannot be reached" in (tmp_path / "log").read_text()


@pytest.mark.parametrize("delay", [0.05, 0.2])
def test_redis_may_be_slow(
    environment: dict[str, str],
    upstreams: Upstreams,
    redis: RedisServer,
    tmp_path: Path,
    delay: float,
) -> None:
    with (
        slow(redis, delay) as url,
        watched(tmp_path / "log", {**environment, "CACHE_URL": url}) as service,
    ):
        visits = [visit(f"{service.url}{path}") for path in ("/41.5,8.5", "/Zermatt", "/42.5,8.5")]
    assert [each.status for each in visits] == [200] * 3
    assert max(each.seconds for each in visits) < 3 + slack()


@contextmanager
def slow(redis: RedisServer, delay: float) -> Iterator[str]:
    """The server behind a line on which each command takes its time."""

    def carry(source: socket.socket, target: socket.socket, delay: float) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                time.sleep(delay)
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)

    def accept() -> None:
        with suppress(OSError):
            while True:
                client = stack.enter_context(door.accept()[0])
                server = stack.enter_context(socket.create_connection(("127.0.0.1", redis.port)))
                for way in ((client, server, delay), (server, client, 0.0)):
                    threading.Thread(target=carry, args=way, daemon=True).start()

    with ExitStack() as stack:
        door = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        threading.Thread(target=accept, daemon=True).start()
        yield f"redis://127.0.0.1:{door.getsockname()[1]}/0"
        door.shutdown(socket.SHUT_RDWR)
