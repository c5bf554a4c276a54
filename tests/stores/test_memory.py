from __future__ import annotations

from weather.stores.memory import Memory


def test_the_oldest_values_are_dropped_beyond_so_many_entries_or_bytes() -> None:
    few = Memory(entries=3, size=1000)
    for number in range(5):
        few.set(f"{number}", b"x", 60)
    assert [few.get(f"{number}") for number in range(5)] == [None, None, b"x", b"x", b"x"]
    small = Memory(entries=100, size=10)
    for number in range(3):
        small.set(f"{number}", b"four", 60)
        small.set(f"{number}", b"four", 60)
    assert [small.get(f"{number}") for number in range(3)] == [None, b"four", b"four"]
