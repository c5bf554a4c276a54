"""A mapping that is bounded in bytes and drops what was used least recently."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ByteLRU(Generic[K, V]):
    """Items of at most `capacity` bytes in all, by the sizes that they are put with; safe to use
    from several threads. An item that is larger than a quarter of that is not kept."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._items: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes."""
        return self._size

    def get(self, key: K) -> V | None:
        with self._lock:
            item = self._items.get(key)
            if item is None:
                return None
            self._items.move_to_end(key)
            return item[0]

    def put(self, key: K, value: V, size: int) -> list[tuple[K, V]]:
        """Replaces the value of a key. Returns the items that had to give way, or this one if it
        is too large."""
        evicted = []
        with self._lock:
            self._remove(key)
            if size > self._capacity // 4:
                return [(key, value)]
            self._items[key] = value, size
            self._size += size
            while self._size > self._capacity:
                oldest, (other, freed) = self._items.popitem(last=False)
                self._size -= freed
                evicted.append((oldest, other))
        return evicted

    def pop(self, key: K) -> V | None:
        """The value of a key, which is removed."""
        with self._lock:
            return self._remove(key)

    def _remove(self, key: K) -> V | None:
        item = self._items.pop(key, None)
        if item is None:
            return None
        self._size -= item[1]
        return item[0]
