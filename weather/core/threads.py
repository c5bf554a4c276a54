"""The threads of a process: three pools in layers, none of which can deadlock.

A task that waits for another task of the same bounded pool can wait for ever: all threads wait,
and none is left for the task that they wait for. So a task here waits only for tasks of the
layers below its own, and those of the lowest wait for the network alone:

    places    one place of a comparison: waits for its forecast, air quality and warnings
    fetches   one cached value (forecast, air quality, warnings, a refresh): waits for its call
    calls     one HTTP call that connects, which its waiter abandons at the deadline

A comparison that shared a pool with its own fetches, or a fetch with its own call, would be
such a task; two pools would not be enough for the three levels.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, thread
from typing import ParamSpec, TypeVar

from weather.core import request_id
from weather.core.dataclass import dataclass

P = ParamSpec("P")
T = TypeVar("T")

PLACES_PER_COMPARISON = 6
REFRESHES = 4  # of all fetches, those that no request waits for
# The call guards let two calls to each provider through, and there are fewer than sixteen.
CALLS = 32
# A forecast of two providers, air quality and warnings.
_FETCHES_PER_PLACE = 4


class ThreadPool:
    """At most `size` threads, started with the first task."""

    def __init__(self, size: int, name: str) -> None:
        # It starts no thread before its first task, which comes after the server has forked:
        # threads do not survive a fork.
        self._executor = ThreadPoolExecutor(size, thread_name_prefix=name)

    def submit(self, task: Callable[P, T], *args: P.args, **options: P.kwargs) -> Future[T]:
        """Raises `RuntimeError` when the process is about to end."""
        return self._executor.submit(request_id.carried(task), *args, **options)

    @property
    def is_ending(self) -> bool:
        """Whether `submit` raises. The executor says it by nothing else than these."""
        return self._executor._shutdown or thread._shutdown

    def close(self) -> None:
        """Ends the threads, after their tasks."""
        self._executor.shutdown()


@dataclass(frozen=True, slots=True)
class ThreadPools:
    """The pools of one process, by layer from top to bottom."""

    places: ThreadPool
    fetches: ThreadPool
    calls: ThreadPool

    @classmethod
    def for_requests(cls, concurrent: int) -> ThreadPools:
        """Pools for so many requests at once (THREADS). Fetches wait for a thread only behind
        those that have outlived their requests."""
        places = max(concurrent, PLACES_PER_COMPARISON)
        fetches = _FETCHES_PER_PLACE * (concurrent + places) + REFRESHES
        return cls(
            places=ThreadPool(places, "place"),
            fetches=ThreadPool(fetches, "fetch"),
            calls=ThreadPool(CALLS, "call"),
        )


def completed(result: T) -> Future[T]:
    """A future that holds its result already."""
    future: Future[T] = Future()
    future.set_result(result)
    return future


def failed(error: BaseException) -> Future[T]:
    """A future that holds its error already."""
    future: Future[T] = Future()
    future.set_exception(error)
    return future
