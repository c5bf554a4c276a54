from __future__ import annotations

from tests.redis_server import RedisServer
from weather.stores.base import open_store
from weather.stores.memory import Memory
from weather.stores.redis import Redis


class Seconds:
    """A clock that stands still until the test advances it."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_memory_is_used_while_redis_hangs_or_is_dead_and_then_redis_again(
    redis: RedisServer,
) -> None:
    seconds = Seconds()
    store = Redis(redis.url, Memory(100, 1_000_000), seconds)
    store.set("before", b"1", 60)
    redis.hang()
    store.set("during", b"2", 60)
    assert (store.get("before"), store.get("during")) == (b"1", b"2")
    assert store.acquire("lock", 60)
    assert not store.acquire("lock", 60)
    assert [store.count("calls", 1, 60) for _ in range(2)] == [1, 2]
    store.release("lock")
    redis.kill()
    assert store.get("during") == b"2"
    redis.start()
    another = open_store(redis.url, None, entries=100, megabytes=1)
    store.set("after", b"3", 60)
    assert another.get("after") is None, "no call within two seconds of a failure"
    seconds.now += 2
    store.set("after", b"4", 60)
    assert another.get("after") == b"4"


def test_a_redis_that_returns_empty_lowers_no_count(redis: RedisServer) -> None:
    seconds = Seconds()
    store = Redis(redis.url, Memory(100, 1_000_000), seconds)
    assert store.count("calls", 5, 60) == 5
    redis.kill()
    assert store.count("calls", 5, 60) == 10
    redis.start()
    for number in range(11, 20):
        assert store.count("calls", 1, 60) == number
        seconds.now += 0.5
    another = open_store(redis.url, None, entries=100, megabytes=1)
    assert another.count("calls", 0, 60) > 0, "the server counts again"


def test_memory_is_used_for_a_redis_that_cannot_be_reached_at_the_start() -> None:
    store = open_store("redis://127.0.0.1:1/0", None, entries=100, megabytes=1)
    store.set("key", b"value", 60)
    assert store.get("key") == b"value"
