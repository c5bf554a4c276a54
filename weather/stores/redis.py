"""Answers in a Redis or Valkey server, which replicas on many machines share."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from cachelib import BaseCache
from redis.backoff import NoBackoff
from redis.retry import Retry

from weather.core.circuit_breaker import CircuitBreaker
from weather.stores.memory import Memory

log = logging.getLogger(__name__)

T = TypeVar("T")

_PREFIX = "weather:"
_TIMEOUT = 0.1  # seconds for an answer; a visitor may need a dozen
_CONNECT_TIMEOUT = 0.25
_PAUSE = 2.0  # seconds between tries to reach a server that is gone
# Nobody frees a lock that has become another's meanwhile.
_RELEASE = "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('del',KEYS[1]) end"


class Redis(BaseCache):
    """What is written is also kept in `meanwhile`, which serves for as long as the server
    cannot be reached. Bounds are the server's own (`maxmemory`, `maxmemory-policy`).
    Raises `ValueError` if the URL cannot be read."""

    def __init__(self, url: str, meanwhile: Memory) -> None:
        super().__init__()
        self._meanwhile = meanwhile
        self._breaker = CircuitBreaker(failures=1, pause=_PAUSE, longest=_PAUSE)
        self._tokens: dict[str, str] = {}
        self._server: Any = redis.Redis.from_url(
            url,
            socket_timeout=_TIMEOUT,
            socket_connect_timeout=_CONNECT_TIMEOUT,
            retry=Retry(NoBackoff(), 0),
        )

    def get(self, key: str) -> bytes | None:
        found = self._ask(lambda: self._server.get(_name(key)), lambda: None)
        return found if found is not None else self._meanwhile.get(key)

    def set(self, key: str, value: bytes, timeout: Any = None) -> bool:
        seconds = max(self._normalize_timeout(timeout), 1)
        self._meanwhile.set(key, value, seconds)
        return self._ask(
            lambda: bool(self._server.set(_name(key), value, ex=seconds)), lambda: True
        )

    def acquire(self, name: str, seconds: float) -> bool:
        if not self._meanwhile.acquire(name, seconds):
            return False
        token, milliseconds = secrets.token_hex(8), max(int(seconds * 1000), 1)
        key = _name(f"lock {name}")
        held = self._ask(
            lambda: bool(self._server.set(key, token, nx=True, px=milliseconds)), lambda: True
        )
        if held:
            self._tokens[name] = token
        else:
            self._meanwhile.release(name)
        return held

    def release(self, name: str) -> None:
        token = self._tokens.pop(name, "")
        self._meanwhile.release(name)
        self._ask(lambda: self._server.eval(_RELEASE, 1, _name(f"lock {name}"), token), lambda: 0)

    def count(self, name: str, amount: float, timeout: int) -> float:
        # The server may have been away meanwhile, or was flushed: it is not to know less.
        here = self._meanwhile.count(name, amount, timeout)
        return max(here, self._ask(lambda: self._count(_name(name), amount, timeout), lambda: here))

    def _count(self, key: str, amount: float, timeout: int) -> float:
        with self._server.pipeline() as both:
            both.incrbyfloat(key, amount).expire(key, timeout)
            return float(both.execute()[0])

    def _ask(self, server: Callable[[], T], otherwise: Callable[[], T]) -> T:
        """What the server says; if it is gone, what this process says by itself."""
        if not self._breaker.allows():
            return otherwise()
        try:
            told = server()
        except (redis.RedisError, OSError) as error:
            self._breaker.failed()
            log.warning("Redis cannot be reached (%s): memory serves", type(error).__name__)
            return otherwise()
        self._breaker.succeeded()
        return told


def _name(key: str) -> str:
    """Hashed, since a key holds a visitor's network or what somebody searched for."""
    return _PREFIX + hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
