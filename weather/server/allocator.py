"""glibc's malloc, set for threads that take turns.

It gives each thread a heap of its own, so that threads need not wait for each other. Under
Python's lock they take turns anyway, and what one thread's heap has free no other can use.
"""

from __future__ import annotations

_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3  # mallopt(3)
# Set, they are not raised at each large block that is freed, so that free memory goes back to the
# system; glibc's own 128 kB would give a response's body back, and fault it in again, each time.
_TRIM_AT, _MMAP_AT = 4 << 20, 1 << 20  # bytes


def use_one_heap() -> bool:
    """Call it before the first thread. False, and no change, with another C library."""
    try:
        from ctypes import CDLL  # noqa: PLC0415  # which the static build does not have

        mallopt = CDLL(None).mallopt
    except (ImportError, OSError, AttributeError):
        return False
    options = ((_ARENA_MAX, 1), (_TRIM_THRESHOLD, _TRIM_AT), (_MMAP_THRESHOLD, _MMAP_AT))
    return all(mallopt(option, value) for option, value in options)
