"""The mapping that is bounded in bytes."""

from __future__ import annotations

import threading
from random import Random

from weather.web.byte_lru import ByteLRU


def test_the_sizes_of_all_items_stay_within_the_capacity() -> None:
    items: ByteLRU[int, str] = ByteLRU(1000)
    random = Random(1)
    for _ in range(2000):
        items.put(random.randrange(50), "x", random.randrange(1, 300))
        assert 0 <= items.size <= 1000


def test_what_was_used_least_recently_gives_way() -> None:
    items: ByteLRU[str, int] = ByteLRU(100)
    for n, name in enumerate("abcd"):
        items.put(name, n, 25)
    assert items.get("a") == 0
    assert items.put("e", 4, 25) == [("b", 1)]
    assert [items.get(name) for name in "abcde"] == [0, None, 2, 3, 4]


def test_a_replaced_item_no_longer_counts() -> None:
    items: ByteLRU[str, int] = ByteLRU(100)
    for size in (25, 10, 20):
        items.put("a", size, size)
    assert (items.get("a"), items.size) == (20, 20)


def test_an_item_that_is_too_large_is_returned_and_not_kept() -> None:
    items: ByteLRU[str, int] = ByteLRU(100)
    items.put("a", 1, 20)
    assert items.put("a", 2, 26) == [("a", 2)]
    assert (items.get("a"), items.size) == (None, 0)
    nothing: ByteLRU[str, int] = ByteLRU(0)
    assert nothing.put("a", 1, 1) == [("a", 1)]


def test_a_removed_item_no_longer_counts() -> None:
    items: ByteLRU[str, int] = ByteLRU(100)
    items.put("a", 1, 20)
    assert (items.pop("a"), items.pop("a"), items.size) == (1, None, 0)


def test_threads_do_not_disturb_the_sum() -> None:
    items: ByteLRU[int, int] = ByteLRU(5000)

    def work(seed: int) -> None:
        random = Random(seed)
        for _ in range(3000):
            key = random.randrange(100)
            if random.random() < 0.2:
                items.pop(key)
            else:
                items.put(key, key, key + 1)
            assert items.get(key) in {None, key}

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = sum(key + 1 for key in range(100) if items.get(key) is not None)
    assert items.size == left <= 5000
