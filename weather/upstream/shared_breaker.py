"""The circuit breaker of a provider, which processes and replicas share through their store."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Iterator

from weather.core.circuit_breaker import CircuitBreaker, State
from weather.stores.base import Store

_CLOSED: State = (0, 0.0)
_LIFETIME = 900  # seconds that a state is stored, longer than any pause
_MOST_FAILURES = 1000


class SharedBreaker:
    """Two breakers: one of all processes on the store, and one of this process alone.

    The shared one counts failures in a row of all together. Where a single replica cannot reach
    the provider, the successes of the others keep it closed for them, and the replica's own opens.
    It is read and written when a call is about to be made or has failed, and never for a response
    that is cached."""

    def __init__(self, key: str, store: Store, clock: Callable[[], float]) -> None:
        self._key, self._store, self._clock = _name(key), store, clock
        self._own = CircuitBreaker(clock=clock)
        self._guard = threading.Lock()
        self._failures = 0  # in a row, of all processes, when the state was read last

    def allows(self) -> bool:
        """Whether to call now. While a breaker is open, True is the one try of its pause."""
        if self._own.wait():
            return False
        with self._guard:
            shared = self._load()
            before = shared.state
            allowed = shared.allows()
            if shared.state != before:
                self._save(shared.state)
        return allowed and self._own.allows()

    @property
    def is_open(self) -> bool:
        """Whether that of this process is open."""
        return self._own.is_open

    def wait(self) -> float:
        """Seconds until the next try; 0 while both are closed."""
        return max(self._own.wait(), self._load().wait())

    def succeeded(self) -> None:
        self._own.succeeded()
        with self._guard:
            if self._failures:
                self._failures = 0
                self._save(_CLOSED)

    def failed(self) -> None:
        self._own.failed()
        with self._guard:
            shared = self._load()
            shared.failed()
            self._failures = shared.state[0]
            self._save(shared.state)

    def _load(self) -> CircuitBreaker:
        state = _parsed(self._store.get(self._key))
        self._failures = state[0]
        return CircuitBreaker(clock=self._clock, state=state)

    def _save(self, state: State) -> None:
        failures, next_try = state
        text = f"{min(failures, _MOST_FAILURES)} {next_try!r}"
        self._store.set(self._key, text.encode(), _LIFETIME)


def open_breakers(keys: Iterable[str], store: Store) -> Iterator[bool]:
    """Of each key, whether the breaker that processes share is open."""
    for data in store.get_many([_name(key) for key in keys]):
        yield CircuitBreaker(state=_parsed(data)).is_open


def _name(key: str) -> str:
    return f"breaker {key}"


def _parsed(data: bytes | None) -> State:
    """A closed one where the store has none, or nothing that can be one."""
    try:
        failures, next_try = (data or b"").split()
        state = int(failures), float(next_try)
    except ValueError:
        return _CLOSED
    is_valid = 0 <= state[0] <= _MOST_FAILURES and math.isfinite(state[1])
    return state if is_valid else _CLOSED
