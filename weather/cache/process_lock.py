"""A lock that the processes on one store share."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

from weather.core.deadline import Deadline
from weather.stores.base import Store

# A call that hangs has failed by then, and there is time left for a call of one's own.
_SHARE_OF_DEADLINE = 0.75
_INTERVAL = (0.01, 0.03)  # seconds between tries


@contextmanager
def cross_process_lock(store: Store, name: str, deadline: Deadline) -> Iterator[None]:
    """Hold the lock of this name; go on without it after a part of the deadline.

    A process that hangs keeps its lock, and not every store notices that a holder has died:
    so waiting stops while there is time left to fetch.
    """
    wait_deadline = deadline.fraction(_SHARE_OF_DEADLINE)
    lease = wait_deadline.remaining()
    while not (acquired := store.acquire(name, lease)) and wait_deadline.remaining():
        time.sleep(random.uniform(*_INTERVAL))  # noqa: S311
    try:
        yield
    finally:
        if acquired:
            store.release(name)
