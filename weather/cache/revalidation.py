"""Refreshes in the background, few at a time."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable

from weather.core.errors import UpstreamError
from weather.core.threads import REFRESHES, ThreadPool

log = logging.getLogger(__name__)


class Revalidation:
    """Runs one refresh for a key at a time, and a few in all: those beyond wait their turn
    outside the pool, whose other threads are for tasks that a request waits for."""

    def __init__(self, threads: ThreadPool) -> None:
        self._threads = threads
        self._waiting: OrderedDict[str, Callable[[], object]] = OrderedDict()
        self._running: set[str] = set()
        self._guard = threading.Lock()

    def start(self, key: str, refresh: Callable[[], object]) -> None:
        """Run `refresh` unless one of this key waits or runs. An `UpstreamError` is ignored:
        the entry's status shows it."""
        with self._guard:
            if key in self._running or key in self._waiting:
                return
            self._waiting[key] = refresh
        self._start_waiting()

    def _start_waiting(self) -> None:
        with self._guard:
            if not self._waiting or len(self._running) >= REFRESHES:
                return
            key, refresh = self._waiting.popitem(last=False)
            self._running.add(key)
        try:
            self._threads.submit(self._run, key, refresh)
        except RuntimeError:  # the process is about to end
            self._running.discard(key)

    def _run(self, key: str, refresh: Callable[[], object]) -> None:
        try:
            refresh()
        except UpstreamError:
            pass
        except Exception:
            log.exception("A refresh in the background failed")
        finally:
            with self._guard:
                self._running.discard(key)
            self._start_waiting()
