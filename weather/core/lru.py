"""A bounded mapping that drops what was used least recently."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LRU(Generic[K, V]):
    """Items of at most `capacity` in all; each counts as one unless it is put with another size.
    One of more than `largest` is not kept, so that it takes not the place of many. Safe to use from
    several threads."""

    def __init__(self, capacity: int, largest: int | None = None) -> None:
        self._largest = capacity if largest is None else largest
        self._free = capacity
        self._items: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: K) -> V | None:
        with self._guard:
            item = self._items.get(key)
            if item is None:
                return None
            self._items.move_to_end(key)
            return item[0]

    def put(self, key: K, value: V, size: int = 1) -> None:
        """Replaces the value of a key."""
        with self._guard:
            if replaced := self._items.pop(key, None):
                self._free += replaced[1]
            if size > self._largest:
                return
            self._items[key] = value, size
            self._free -= size
            while self._free < 0:
                _, (_, freed) = self._items.popitem(last=False)
                self._free += freed
