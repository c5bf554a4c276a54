"""A table that is read once, however many threads need it first at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

T = TypeVar("T")


def once(load: Callable[[], T]) -> Callable[[], T]:
    """As `functools.cache`, whose function runs in every thread that calls it before the first has
    returned: each of sixteen then holds a copy, and most of that memory never goes back to the
    system. A load that raises is tried again."""
    loaded: list[T] = []
    lock = threading.Lock()

    @wraps(load)
    def load_once() -> T:
        if not loaded:
            with lock:
                if not loaded:
                    loaded.append(load())
        return loaded[0]

    return load_once
