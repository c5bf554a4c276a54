"""Aborts calls at their deadlines."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from weather.upstream.abortable import AbortableCall


class Watchdog:
    """One thread for all calls, started with the first one. It sleeps until the deadline that was
    the earliest when it looked last: a call that ends before its own does not wake it."""

    def __init__(self) -> None:
        self._ends: dict[AbortableCall, float] = {}  # by `time.monotonic`
        self._changed = threading.Condition()
        self._wakes_at = math.inf
        self._thread: threading.Thread | None = None

    def watches(self) -> bool:
        """Whether it has its thread: not if the system has none left."""
        if self._thread is None:
            with self._changed, suppress(RuntimeError):
                self._start()
        return self._thread is not None

    @contextmanager
    def watching(self, call: AbortableCall, seconds: float) -> Iterator[None]:
        """Abort the call if this has not been left within `seconds`. Raises `RuntimeError`
        if it has no thread."""
        end = time.monotonic() + seconds
        with self._changed:
            self._start()
            self._ends[call] = end
            if end < self._wakes_at:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._ends.pop(call, None)

    def close(self) -> None:
        """Ends its thread, after the calls; a later call starts another one."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._changed.notify()
        if thread is not None:
            thread.join()

    def _start(self) -> None:
        if self._thread is None:
            thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
            thread.start()
            self._thread = thread

    def _run(self) -> None:
        with self._changed:
            while self._thread is threading.current_thread():
                self._abort_late()
                self._wakes_at = min(self._ends.values(), default=math.inf)
                left = self._wakes_at - time.monotonic()
                self._changed.wait(None if left == math.inf else max(left, 0.0))

    def _abort_late(self) -> None:
        now = time.monotonic()
        for call in [call for call, end in self._ends.items() if end <= now]:
            del self._ends[call]
            call.abort()
