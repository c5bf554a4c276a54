from __future__ import annotations

import threading
from random import Random

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


def test_an_item_that_would_take_the_place_of_many_is_not_kept() -> None:
    items: LRU[str, int] = LRU(100, 25)
    for n, name in enumerate("abcd"):
        items.put(name, n, 25)
    items.put("e", 4, 26)
    assert [items.get(name) for name in "abcde"] == [0, 1, 2, 3, None]
    items.put("a", 5, 26)
    items.put("f", 6, 25)
    assert [items.get(name) for name in "abcdf"] == [None, 1, 2, 3, 6], "that of before is gone"


def test_nothing_is_kept_without_capacity() -> None:
    for nothing in (LRU[str, int](0), LRU[str, int](0, 0), LRU[str, int](3, 0)):
        nothing.put("a", 1)
        assert nothing.get("a") is None


def test_the_sizes_of_all_items_stay_within_the_capacity() -> None:
    items: LRU[int, int] = LRU(1000, 250)
    random = Random(1)
    for _ in range(2000):
        size = random.randrange(1, 300)
        items.put(random.randrange(50), size, size)
        assert sum(items.get(key) or 0 for key in range(50)) <= 1000


def test_threads_do_not_disturb_the_sum() -> None:
    items: LRU[int, int] = LRU(5000)

    def work(seed: int) -> None:
        random = Random(seed)
        for _ in range(3000):
            key = random.randrange(100)
            items.put(key, key, key + 1)
            assert items.get(key) in {None, key}

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 4800 < sum(key + 1 for key in range(100) if items.get(key) is not None) <= 5000
    items.put(200, 200, 5000)
    assert [key for key in range(201) if items.get(key) is not None] == [200], "all gave way"
