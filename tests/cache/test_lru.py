from __future__ import annotations

from weather.cache.lru import LRU


def test_the_item_used_least_recently_is_dropped() -> None:
    items: LRU[str, int] = LRU(2)
    items.put("a", 1)
    items.put("b", 2)
    assert items.get("a") == 1
    items.put("c", 3)
    assert [items.get(key) for key in "abc"] == [1, None, 3]
