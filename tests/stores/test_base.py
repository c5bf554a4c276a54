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
