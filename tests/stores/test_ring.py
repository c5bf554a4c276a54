from __future__ import annotations

import random

from weather.stores.ring import Record, Ring


def record(number: int, value: bytes, fingerprint: int | None = None) -> Record:
    # Neighbours are in the same bucket, as 2^20 is a multiple of every number of buckets.
    return Record(fingerprint or (number + 1) << 20, float(number), value)


def values(ring: Ring, numbers: range) -> list[bytes | None]:
    records = [ring.read((number + 1) << 20) for number in numbers]
    return [record.value if record else None for record in records]


def test_a_record_is_read_as_it_was_written_last() -> None:
    ring = Ring(1000, 1_000_000)
    assert ring.read(7) is None
    for value in (b"one", b"", bytes(range(256)) * 40):
        ring.write(Record(7, 1.5, value))
        assert ring.read(7) == Record(7, 1.5, value)
    assert len(ring) == 1
    ring.remove(7)
    ring.remove(7)
    assert (ring.read(7), len(ring)) == (None, 0)


def test_no_read_returns_another_value_and_the_bounds_hold() -> None:
    """Compared to a dictionary, through many turns of the ring."""
    random.seed(1)
    ring = Ring(entries=200, size=80_000)
    written: dict[int, bytes] = {}
    for _ in range(20_000):
        key = random.randrange(1, 1 << 64) if random.random() < 0.3 else random.randrange(1, 300)
        if random.random() < 0.1:
            ring.remove(key)
            written.pop(key, None)
            continue
        written[key] = random.randbytes(random.choice([0, 8, 300, 2000]))
        ring.write(Record(key, 1.0, written[key]))
        found = ring.read(key)
        assert found, "the newest is never dropped"
        assert found.value == written[key]
    read = {key: found for key in written if (found := ring.read(key))}
    assert all(found.value == written[key] for key, found in read.items())
    assert len(ring) == len(read) <= 200
    assert 50_000 < sum(len(found.value) for found in read.values()) <= 80_000


def test_the_oldest_are_dropped_first() -> None:
    ring = Ring(entries=5, size=1_000_000)
    for number in range(8):
        ring.write(record(number, b"x"))
    assert values(ring, range(8)) == [None] * 3 + [b"x"] * 5


def test_a_full_bucket_drops_its_oldest_only() -> None:
    ring = Ring(entries=250, size=1_000_000)
    for number in range(12):
        ring.write(record(number, b"x"))
    assert values(ring, range(12)) == [None] * 4 + [b"x"] * 8
    assert len(ring) == 8


def test_replacing_some_values_again_and_again_drops_no_others() -> None:
    """A place that was visited once is needed in an outage, however often others are refreshed."""
    ring = Ring(entries=1000, size=1_000_000)
    once = [Record(number, 1.0, bytes([number]) * 2000) for number in range(1, 200)]
    for each in once:
        ring.write(each)
    for turn in range(5000):
        ring.write(Record(1000 + turn % 20, 1.0, bytes(2000)))
    assert [ring.read(each.fingerprint) for each in once] == once


def test_a_damaged_record_is_none() -> None:
    ring = Ring(100, 100_000)
    ring.write(Record(7, 1.0, b"value" * 100))
    place = ring._memory.find(b"value")
    for offset in (place, place + 200, place - 1, place - 8):
        ring._memory[offset] ^= 1
        assert ring.read(7) is None
        ring._memory[offset] ^= 1
    assert ring.read(7)


def test_a_change_that_a_killed_process_left_unfinished_is_mended() -> None:
    ring = Ring(100, 100_000)
    for number in range(10):
        ring.write(Record(number + 10, 1.0, b"x" * 100))
    ring._state[2], ring._state[3], ring._state[4] = 10**12, 10**6, 1
    ring.write(Record(7, 1.0, b"y" * 100))
    assert (ring._state[2], len(ring), ring._state[4]) == (1100, 11, 0)


def test_a_value_that_is_larger_than_the_largest_leaves_room_for_others() -> None:
    ring = Ring(100, 100_000)
    for number in range(1, 20):
        ring.write(Record(number, 1.0, bytes(ring.largest)))
    assert ring.read(19)
