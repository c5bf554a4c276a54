"""How often a request waits for Redis."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest
from flask import Flask
from redis import Redis as Client

from tests.redis_server import RedisServer
from weather.stores.base import open_store
from weather.stores.memory import LARGEST_VALUE, Memory
from weather.stores.redis import Redis

# In the United States, so that there are warnings besides a forecast and air quality.
PATH = "/api/v1/weather?q=40.71,-74.01"
ELSEWHERE = "/api/v1/weather?q=41.71,-75.01"
VISITOR = {"X-Forwarded-For": "81.2.69.160"}


class Proxy:
    """Forwards connections to Redis; counts the turns in which a client sends and then waits, and
    the bytes of the replies."""

    def __init__(self, port: int, stack: ExitStack) -> None:
        self.round_trips = self.received = 0
        self._port = port
        self._stack = stack
        self._listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        stack.callback(self._listener.shutdown, socket.SHUT_RDWR)
        self.url = f"redis://127.0.0.1:{self._listener.getsockname()[1]}/0"
        self._start(self._accept)

    def _start(self, task: Callable[..., None], *arguments: object) -> None:
        threading.Thread(target=task, args=arguments, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = self._stack.enter_context(self._listener.accept()[0])
                server = socket.create_connection(("127.0.0.1", self._port))
                self._stack.enter_context(server)
                replied = threading.Event()
                replied.set()
                self._start(self._send, client, server, replied)
                self._start(self._receive, client, server, replied)

    def _send(self, client: socket.socket, server: socket.socket, replied: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(1 << 20):
                self.round_trips += replied.is_set()
                replied.clear()
                server.sendall(data)

    def _receive(
        self, client: socket.socket, server: socket.socket, replied: threading.Event
    ) -> None:
        with suppress(OSError):
            while data := server.recv(1 << 20):
                replied.set()
                self.received += len(data)
                client.sendall(data)


@pytest.fixture
def proxy(redis: RedisServer) -> Iterator[Proxy]:
    with ExitStack() as stack:
        yield Proxy(redis.port, stack)


def test_a_warm_request_of_a_process_that_has_nothing_decoded_waits_once(
    redis: RedisServer, proxy: Proxy, make_app: Callable[..., Flask]
) -> None:
    another, client = (
        make_app(cache_url=url, trusted_proxies="1").test_client() for url in (redis.url, proxy.url)
    )
    for path in (PATH, ELSEWHERE):
        assert another.get(path, headers=VISITOR).status_code == 200
    client.get(ELSEWHERE, headers=VISITOR)  # connects
    before = proxy.round_trips
    response = client.get(PATH, headers=VISITOR)
    assert "; hit;" in response.headers["Cache-Status"]
    assert response.get_json()["air_quality"]
    assert proxy.round_trips - before == 1


def test_several_values_are_read_in_one_round_trip(redis: RedisServer, proxy: Proxy) -> None:
    store = Redis(proxy.url, Memory(100, 100_000))
    another = open_store(redis.url, None, entries=100, megabytes=1)
    values = {f"{number}": str(number).encode() * 1000 for number in range(20)}
    for key, value in values.items():
        another.set(key, value, 60)
    store.get("0")
    before = proxy.round_trips
    assert store.get_many([*values, "missing"]) == [*values.values(), None]
    assert proxy.round_trips - before == 1


@pytest.mark.parametrize("damage", ["rpush {} a b", "hset {} a b", "sadd {} a"])
def test_a_value_of_another_type_is_none_and_is_replaced(redis: RedisServer, damage: str) -> None:
    store, theirs = (open_store(redis.url, None, entries=100, megabytes=1) for _ in range(2))
    with client(redis) as server:
        theirs.set("key", b"value", 60)
        (name,) = server.keys()
        theirs.set("sound", b"value", 60)
        server.delete(name)
        server.execute_command(*damage.format(name.decode()).split())
        assert store.get("key") is None
        assert store.get_many(["key", "sound"]) == [None, b"value"]
        assert store.count("key", 2, 60) == 2
        assert store.get("sound") == b"value", "the server is still used"
        store.set("key", b"new", 60)
        assert server.get(name) == b"new"


def test_of_a_huge_value_no_more_is_read_than_a_value_has(redis: RedisServer, proxy: Proxy) -> None:
    store = open_store(proxy.url, None, entries=100, megabytes=1)
    with client(redis) as server:
        store.set("key", b"value", 60)
        (name,) = server.keys()
        server.setrange(name, 200_000_000, "x")
    before = proxy.received
    values = [store.get("key"), store.get_many(["key"])[0]]
    # Longer than any entry, so that it is none; or from memory where the machine is too slow.
    assert {len(value or b"") for value in values} <= {LARGEST_VALUE + 1, len(b"value")}
    assert proxy.received - before < 2 * LARGEST_VALUE + 10_000
    assert store.set("key", bytes(LARGEST_VALUE + 1), 60) is False


@contextmanager
def client(server: RedisServer) -> Iterator[Any]:
    """Another program's, without this one's timeouts."""
    with Client.from_url(server.url) as connection:
        yield connection
