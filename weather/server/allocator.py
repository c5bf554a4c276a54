"""glibc's malloc, set for threads that take turns.

It gives each thread a heap of its own, so that threads need not wait for each other. Under
Python's lock they take turns anyway, and what one thread's heap has free no other can use.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3  # mallopt(3)
# Set, they are not raised at each large block that is freed, so that free memory goes back to the
# system; glibc's own 128 kB would give a response's body back, and fault it in again, each time.
_TRIM_AT, _MMAP_AT = 4 << 20, 1 << 20  # bytes


def use_one_heap() -> bool:
    """Call it before the first thread. False, and no change, with another C library."""
    mallopt = _function("mallopt")
    options = ((_ARENA_MAX, 1), (_TRIM_THRESHOLD, _TRIM_AT), (_MMAP_THRESHOLD, _MMAP_AT))
    return mallopt is not None and all(mallopt(option, value) for option, value in options)


def return_free_memory() -> bool:
    """Give the pages to the system that are free within the heap, and not only those at its end.
    Whether there were any; False with another C library. It takes some milliseconds."""
    trim = _function("malloc_trim")
    return trim is not None and bool(trim(0))


@lru_cache
def _function(name: str) -> Callable[..., int] | None:
    try:
        from ctypes import CDLL  # noqa: PLC0415  # which the static build does not have

        function: Callable[..., int] = getattr(CDLL(None), name)
    except (ImportError, OSError, AttributeError):
        return None
    return function
