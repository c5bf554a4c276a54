from __future__ import annotations

from weather.core.lru import LRU


def test_the_item_used_least_recently_is_dropped() -> None:
    items: LRU[str, int] = LRU(2)
    items.put("a", 1)
    items.put("b", 2)
    assert items.get("a") == 1
    items.put("c", 3)
    assert [items.get(key) for key in "abc"] == [1, None, 3]


def test_items_have_the_size_that_they_are_put_with() -> None:
    items: LRU[str, int] = LRU(10)
    items.put("a", 1, 4)
    items.put("b", 2, 4)
    items.put("c", 3, 4)
    assert [items.get(key) for key in "abc"] == [None, 2, 3]
    items.put("b", 4, 1)
    items.put("d", 5, 5)
    assert [items.get(key) for key in "bcd"] == [4, 3, 5]


def test_an_item_that_is_larger_than_the_capacity_drops_no_other() -> None:
    items: LRU[str, int] = LRU(10)
    items.put("a", 1, 4)
    items.put("b", 2, 4)
    items.put("b", 3, 11)
    assert [items.get(key) for key in "ab"] == [1, None]
