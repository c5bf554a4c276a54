from __future__ import annotations

from pathlib import Path

from weather.stores.base import open_store
from weather.stores.folder import Folder
from weather.stores.memory import Memory


def test_the_url_names_the_kind_and_memory_replaces_a_folder_that_cannot_be_written(
    tmp_path: Path,
) -> None:
    def kind(url: str, default: Path | None) -> type:
        return type(open_store(url, default, entries=100, megabytes=1))

    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert kind(str(blocked / "cache"), None) is Memory
    assert kind("", blocked / "cache") is Memory
    assert kind("", None) is Memory
    assert kind("memory", tmp_path) is Memory
    assert kind("", tmp_path / "new") is Folder


def test_memory_leaves_room_for_what_is_decoded_of_its_entries() -> None:
    def stored(decoded_bytes: int) -> int:
        """How many of a hundred entries of 30 kB are kept in 2 MB."""
        store = open_store("memory", None, entries=100, megabytes=2, decoded_bytes=decoded_bytes)
        for number in range(100):
            store.set(str(number), bytes(30_000), 60)
        return sum(store.get(str(number)) is not None for number in range(100))

    assert stored(1_000_000) * 3 / 2 < stored(0) < 70
