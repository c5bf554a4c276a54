"""One piece of work at a time for a key among this process's threads; all get its result."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from weather.core.deadline import Deadline
from weather.core.errors import CallDeclined, UpstreamError, UpstreamTimeout

T = TypeVar("T")

_WORTH_A_TRY = 2.0  # seconds


class SingleFlight(Generic[T]):
    """The first thread that runs a key's work leads; the others wait for its result."""

    def __init__(self) -> None:
        self._flights: dict[str, Future[T]] = {}
        self._guard = threading.Lock()

    def run(self, key: str, work: Callable[[], T], deadline: Deadline) -> T:
        """The result or the error of the work that runs for this key.

        Raises `TimeoutError` if another thread leads and is not done by the deadline. If that
        thread's own, shorter deadline has passed, the work is run again for as long as this
        deadline allows.
        """
        while True:
            flight, leads = self._join(key)
            if leads:
                return self._lead(key, flight, work)
            try:
                return flight.result(timeout=deadline.remaining())
            except UpstreamError as error:
                if is_shared(error, deadline):
                    raise

    def is_running(self, key: str) -> bool:
        return key in self._flights

    def _join(self, key: str) -> tuple[Future[T], bool]:
        """The key's flight, and whether this thread leads it."""
        with self._guard:
            flight = self._flights.get(key)
            if flight is not None:
                return flight, False
            flight = self._flights[key] = Future()
            return flight, True

    def _lead(self, key: str, flight: Future[T], work: Callable[[], T]) -> T:
        try:
            result = work()
        except BaseException as error:
            self._remove(key)
            flight.set_exception(error)
            raise
        self._remove(key)
        flight.set_result(result)
        return result

    def _remove(self, key: str) -> None:
        # Remove the flight before its result is set, so that a retry starts anew.
        with self._guard:
            del self._flights[key]


def is_shared(error: UpstreamError, deadline: Deadline) -> bool:
    """Whether another caller's error holds for this one too: a timeout does not where there is
    time left for a call, and never a call that was declined to one client."""
    if isinstance(error, CallDeclined):
        return False
    return not isinstance(error, UpstreamTimeout) or deadline.remaining() < _WORTH_A_TRY
