"""The tables of the atlas, which a thread decompresses while all else is imported.

This module imports little: the decompression is the longest part of a start.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from weather import atlas
from weather.server.allocator import use_one_heap


@lru_cache(maxsize=1)
def loading() -> Callable[[], None]:
    """Starts to load the tables of the atlas in a thread. What it returns loads those that the
    thread has not come to, waits for its end, and raises `CorruptAtlas`."""
    use_one_heap()
    threads = ThreadPoolExecutor(1)
    tables = threads.submit(atlas.load)

    def finish() -> None:
        try:
            atlas.load(backwards=True)
        finally:
            threads.shutdown()  # no thread survives the fork
        tables.result()

    return finish
