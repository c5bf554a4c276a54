"""A folder for many entries: what a write costs, and what is left."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import until
from weather.stores.folder import Folder
from weather.stores.shards import Shards

ENTRIES = 2560  # ten in a shard
BLOCK = 4096  # bytes, of most file systems
DAY = 24 * 3600


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "locks"]


def sweep_all(shards: Shards) -> None:
    """As the writes of one round do."""
    for _ in range(256 * 64):
        shards.written()
        if shards._sweeping.locked():
            until(lambda: not shards._sweeping.locked())


def test_the_oldest_are_removed_beyond_so_many_entries_or_bytes(tmp_path: Path) -> None:
    for folder, entries, size in (("few", ENTRIES, 10**9), ("small", 10**6, ENTRIES * BLOCK)):
        store = Folder(tmp_path / folder, entries, size)
        for number in range(6000):
            store.set(f"{number}", bytes(BLOCK - 4), 60)
        sweep_all(store._shards)
        left = files(tmp_path / folder)
        assert 0.7 * ENTRIES < len(left) <= ENTRIES
        newest = [f"{number}" for number in range(5900, 6000)]
        assert sum(value is not None for value in store.get_many(newest)) > 90
        assert store.get("0") is None


@pytest.mark.parametrize("entries", [100, 100_000])
def test_small_values_count_with_the_blocks_that_they_take(tmp_path: Path, entries: int) -> None:
    """A folder of CACHE_MEGABYTES takes no more of the disk, although most of its files are far
    smaller than a block."""
    size = 4_000_000
    store = Folder(tmp_path / "cache", entries, size)
    for number in range(3000):
        store.set(f"{number}", b"x", 60)
    sweep_all(store._shards)
    taken = sum(file.stat().st_blocks * 512 for file in files(tmp_path / "cache"))
    assert taken <= size
    assert store.size().bytes == pytest.approx(taken, rel=0.3)
    assert store.get("2999") == b"x"


def test_a_write_lists_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request may wait for a write."""
    listing: list[tuple[str, int]] = []

    def listdir(path: Any = ".") -> list[str]:
        names = list_really(path)
        listing.append((threading.current_thread().name, len(names)))
        return names

    list_really = os.listdir
    monkeypatch.setattr(os, "listdir", listdir)
    store = Folder(tmp_path / "cache", ENTRIES, 10**9)
    for number in range(3000):
        store.set(f"{number}", b"x", 60)
        store.get(f"{number}")
        store.count(f"{number % 10}", 1, 60)
    until(lambda: not store._shards._sweeping.locked())
    assert listing
    assert {name for name, _ in listing} == {"sweep"}
    assert max(length for _, length in listing) < 300, "one shard, or the names of all"


def test_entries_of_the_other_layout_are_removed_after_a_day(tmp_path: Path) -> None:
    flat, sharded = (Folder(tmp_path, entries, 10**9) for entries in (100, 100_000))
    for store in (flat, sharded):
        for number in range(20):
            store.set(f"{number}", b"value", 10 * DAY)
    (tmp_path / "letter.txt").touch()
    (tmp_path / "letters").mkdir()
    for old, young in ((flat, sharded), (sharded, flat)):
        old.set("0", b"value", 10 * DAY)
        assert old.get("0")
        past = time.time() - 2 * DAY
        layout = old._shards
        for path in files(tmp_path):
            is_old = (path.parent == tmp_path) is not layout._sharded
            os.utime(path, (past, past) if is_old else None)
        sweep_all(young._shards)
        assert old.get("0") is None
        assert young.get("1") == b"value"
        for number in range(20):
            old.set(f"{number}", b"value", 10 * DAY)
    sweep_all(flat._shards)
    assert sharded.get("1"), "another service may use them"
    assert (tmp_path / "letter.txt").exists()
    assert (tmp_path / "letters").exists()
