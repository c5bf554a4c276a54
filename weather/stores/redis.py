"""A store in a Redis or Valkey server, which replicas on many machines share."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from weather.core.circuit_breaker import CircuitBreaker
from weather.stores.memory import LARGEST_VALUE, Memory
from weather.stores.resp import Client, CommandError, RedisURL
from weather.stores.size import Size

log = logging.getLogger(__name__)

T = TypeVar("T")

_PREFIX = "weather:"
_USED_MEMORY = re.compile(rb"^used_memory:(\d+)", re.MULTILINE)
_TIMEOUT = 0.1  # seconds for a command; a request may need a dozen
_CONNECT_TIMEOUT = 0.25
_PAUSE = 2.0  # seconds between tries to reach a server that cannot be reached
# Without the comparison, a holder whose lease has run out would free the next holder's lock.
_RELEASE = "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('del',KEYS[1]) end"


class Redis:
    """Values are written to `memory` as well, which is used for as long as the server cannot be
    reached. The bounds are the server's own (`maxmemory`, `maxmemory-policy`). Raises
    `ValueError` if the URL cannot be read."""

    is_remote = True

    def __init__(
        self, url: str, memory: Memory, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._memory = memory
        self._breaker = CircuitBreaker(failures=1, pause=_PAUSE, longest=_PAUSE, clock=clock)
        self._tokens: dict[str, str] = {}
        self._server = Client(
            RedisURL.parse(url), connect_timeout=_CONNECT_TIMEOUT, timeout=_TIMEOUT
        )

    def get(self, key: str) -> bytes | None:
        return self.get_many([key])[0]

    def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """The values of several keys in one round trip."""
        values = self._call(lambda: self._get_many(keys), lambda: [b""] * len(keys))
        return [value or self._memory.get(key) for key, value in zip(keys, values, strict=True)]

    def _get_many(self, keys: Sequence[str]) -> list[bytes]:
        """Empty where there is none. Another program may have stored something of another type,
        which is none, or of any length, of which no more is read than a value has."""
        replies = self._server.call_many(
            [("GETRANGE", _name(key), 0, LARGEST_VALUE) for key in keys]
        )
        return [reply if isinstance(reply, bytes) else b"" for reply in replies]

    def set(self, key: str, value: bytes, timeout: int) -> bool:
        if len(value) > LARGEST_VALUE:
            return False
        seconds = max(timeout, 1)
        self._memory.set(key, value, seconds)
        return self._call(
            lambda: bool(self._server.call("SET", _name(key), value, "EX", seconds)), lambda: True
        )

    def acquire(self, name: str, seconds: float) -> bool:
        if not self._memory.acquire(name, seconds):
            return False
        token, milliseconds = secrets.token_hex(8), max(int(seconds * 1000), 1)
        key = _name(f"lock {name}")
        acquired = self._call(
            lambda: bool(self._server.call("SET", key, token, "NX", "PX", milliseconds)),
            lambda: True,
        )
        if acquired:
            self._tokens[name] = token
        else:
            self._memory.release(name)
        return acquired

    def release(self, name: str) -> None:
        token = self._tokens.pop(name, "")
        self._memory.release(name)
        key = _name(f"lock {name}")
        self._call(lambda: self._server.call("EVAL", _RELEASE, 1, key, token), lambda: 0)

    def count(self, name: str, amount: float, timeout: int) -> float:
        # A server that was away, or was flushed, must not lower the count.
        own = self._memory.count(name, amount, timeout)
        return max(own, self._call(lambda: self._count(_name(name), amount, timeout), lambda: own))

    def _count(self, key: str, amount: float, timeout: int) -> float:
        count, _ = self._server.call_many(
            [("INCRBYFLOAT", key, repr(float(amount))), ("EXPIRE", key, timeout)]
        )
        if isinstance(count, CommandError):
            raise count
        return float(count) if isinstance(count, bytes) else 0.0

    def size(self) -> Size:
        """Of the server's database, and of all the memory that it uses."""
        fallback = replace(self._memory.size(), is_available=False)
        return self._call(self._size, lambda: fallback)

    def _size(self) -> Size:
        entries, memory = self._server.call_many([("DBSIZE",), ("INFO", "memory")])
        used = _USED_MEMORY.search(memory) if isinstance(memory, bytes) else None
        return Size(entries if isinstance(entries, int) else 0, int(used[1]) if used else 0)

    def _call(self, command: Callable[[], T], fallback: Callable[[], T]) -> T:
        """The server's result; the fallback while it cannot be reached."""
        if not self._breaker.allows():
            return fallback()
        try:
            result = command()
        except CommandError:  # this command only: another type of value, or no room
            result = fallback()
        except OSError as error:
            self._breaker.failed()
            log.warning("Redis cannot be reached (%s): memory is used", type(error).__name__)
            return fallback()
        self._breaker.succeeded()
        return result


def _name(key: str) -> str:
    """Hashed, since a key holds a visitor's network or search."""
    return _PREFIX + hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
