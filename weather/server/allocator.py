"""glibc's malloc, set for threads that take turns.

It gives each thread a heap of its own, so that threads need not wait for each other. Under
Python's lock they take turns anyway, and what one thread's heap has free no other can use.
"""

from __future__ import annotations

_ARENA_MAX, _TRIM_THRESHOLD = -8, -1  # mallopt(3)
# glibc's own at the start. Set, it is not raised at each large block that is freed, so that free
# memory goes back to the system.
_TRIM_AT = 128 * 1024


def use_one_heap() -> bool:
    """Call it before the first thread. False, and no change, with another C library."""
    try:
        from ctypes import CDLL  # noqa: PLC0415  # which the static build does not have

        mallopt = CDLL(None).mallopt
    except (ImportError, OSError, AttributeError):
        return False
    return bool(mallopt(_ARENA_MAX, 1) and mallopt(_TRIM_THRESHOLD, _TRIM_AT))
