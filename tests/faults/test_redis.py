"""Redis hangs, dies and returns under load, and every visitor gets a forecast."""

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
from tests.faults.conftest import serve_cleanly
from tests.faults.visitors import Visit, slack, steady_load, visit
from tests.redis_server import RedisServer


def test_redis_may_hang_die_and_return(
    environment: dict[str, str], upstreams: Upstreams, redis: RedisServer, tmp_path: Path
) -> None:
    numbers, unseen = itertools.count(), list[Visit]()
    with serve_cleanly(tmp_path / "log", {**environment, "CACHE_URL": redis.url}) as service:

        def next_url() -> str:
            number = next(numbers)
            return f"{service.url}/{40 + number % 20}.5,8.5?n={number}"

        # One after the other: on a busy machine, twenty first calls at once wait too long for the
        # two slots of their provider, which says nothing of Redis.
        assert {visit(next_url()).status for _ in range(20)} == {200}
        with steady_load(next_url) as load:

            def await_100_visits() -> None:
                before = len(load.visits)
                until(lambda: len(load.visits) > before + 100)

            await_100_visits()
            for number, change in enumerate((redis.hang, redis.wake, redis.kill, redis.start)):
                change()
                # Of a place that no worker has: for the others Redis may not be asked meanwhile.
                unseen.append(visit(f"{service.url}/{-40 - number}.5,8.5"))
                await_100_visits()
    assert {*load.statuses(), *(each.status for each in unseen)} == {200}
    assert max(each.seconds for each in load.visits) < 5 + slack()
    assert len(upstreams.calls("open-meteo")) <= 3 * (20 + len(unseen)), (
        "once, and once by each worker without Redis"
    )
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
        slowed(redis, delay) as url,
        serve_cleanly(tmp_path / "log", {**environment, "CACHE_URL": url}) as service,
    ):
        visits = [visit(f"{service.url}{path}") for path in ("/41.5,8.5", "/Zermatt", "/42.5,8.5")]
    assert [each.status for each in visits] == [200] * 3
    assert max(each.seconds for each in visits) < 3 + slack()


@contextmanager
def slowed(redis: RedisServer, delay: float) -> Iterator[str]:
    """The URL of a proxy to the server that delays every command."""

    def forward(source: socket.socket, target: socket.socket, delay: float) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                time.sleep(delay)
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)

    def accept() -> None:
        with suppress(OSError):
            while True:
                client = stack.enter_context(listener.accept()[0])
                server = stack.enter_context(socket.create_connection(("127.0.0.1", redis.port)))
                for direction in ((client, server, delay), (server, client, 0.0)):
                    threading.Thread(target=forward, args=direction, daemon=True).start()

    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        threading.Thread(target=accept, daemon=True).start()
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        listener.shutdown(socket.SHUT_RDWR)
