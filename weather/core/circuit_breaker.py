"""The circuit breaker: what has failed several times in a row is not called for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

# Failures in a row, and when a caller may try next, by the breaker's clock.
State = tuple[int, float]


class CircuitBreaker:
    """Closed until `failures` in a row. Then open: no call is made for `pause` seconds, after
    which one caller at a time may try. A try that fails doubles the pause, up to `longest`
    seconds; one that succeeds closes the breaker."""

    def __init__(
        self,
        failures: int = 3,
        pause: float = 5.0,
        longest: float = 120.0,
        clock: Callable[[], float] = time.monotonic,
        state: State = (0, 0.0),
    ) -> None:
        self._failures, self._pause, self._longest = failures, pause, longest
        self._clock = clock
        self._failed, self._next = state
        self._guard = threading.Lock()

    def allows(self) -> bool:
        """Whether to call now. While the breaker is open, True is the one try of its pause: a
        caller that never reports a result blocks no other for longer."""
        if self._failed < self._failures:
            return True
        with self._guard:
            if self.wait():
                return False
            self._next = self._clock() + self._length()
            return True

    @property
    def state(self) -> State:
        return self._failed, self._next

    @property
    def is_open(self) -> bool:
        """Also during a try, until that succeeds."""
        return self._failed >= self._failures

    def wait(self) -> float:
        """Seconds until the next try; 0 while the breaker is closed."""
        seconds = self._next - self._clock()
        # No pause is longer than the longest, unless the clock was set back.
        return seconds if self.is_open and 0 < seconds <= self._longest else 0.0

    def succeeded(self) -> None:
        self._failed = 0

    def failed(self) -> None:
        with self._guard:
            self._failed += 1
            self._next = self._clock() + self._length()

    def _length(self) -> float:
        doublings = min(max(self._failed - self._failures, 0), 10)
        return min(self._pause * 2.0**doublings, self._longest)
