"""Folders that others may have written: no call waits, follows a link, or reads without bound."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from weather.stores.base import open_store
from weather.stores.folder import Folder
from weather.stores.memory import LARGEST_VALUE, Memory
from weather.stores.shards import Shards
from weather.stores.sweep import sweep

FLAT, SHARDED = 100, 100_000
SIZE = 1_000_000_000


def entry_file(folder: Path, entries: int) -> Path:
    """The one entry."""
    (path,) = [
        path for path in folder.rglob("*") if path.is_file() and path.name not in {"locks", "own"}
    ]
    assert (path.parent == folder) is (entries == FLAT)
    return path


def within_seconds(call: Callable[[], Any]) -> Any:
    """The result; fails where the call waits for ever."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(call()), daemon=True)
    thread.start()
    thread.join(30)
    assert results, "the call waits, or raised"
    return results[0]


def pipe(path: Path, _outside: Path) -> None:
    os.mkfifo(path)


def bound_socket(path: Path, _outside: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)  # the address of a socket has 108 bytes at most
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)


def device(path: Path, _outside: Path) -> None:
    if os.geteuid():
        pytest.skip("only root makes devices")
    try:
        os.mknod(path, 0o20600, os.makedev(1, 5))  # /dev/zero, which never ends
        os.close(os.open(path, os.O_RDONLY))
    except PermissionError:
        pytest.skip("no device can be made here")


def link_to_an_entry(path: Path, outside: Path) -> None:
    outside.write_bytes(b"\xff\xff\xff\xff" + b"planted")
    path.symlink_to(outside)


def link_to_an_endless_file(path: Path, _outside: Path) -> None:
    path.symlink_to("/dev/zero")


def broken_link(path: Path, _outside: Path) -> None:
    path.symlink_to(path.parent / "nothing")


def link_to_itself(path: Path, _outside: Path) -> None:
    path.symlink_to(path)


def huge_file(path: Path, _outside: Path) -> None:
    with path.open("wb") as file:
        file.write(b"\xff\xff\xff\xff")
        file.truncate(100 * LARGEST_VALUE)


def file_of_another_user(path: Path, _outside: Path) -> None:
    if os.geteuid():
        pytest.skip("only root gives files away")
    path.write_bytes(b"\xff\xff\xff\xff" + b"planted")
    os.chown(path, 12345, 12345)


def folder_in_its_place(path: Path, _outside: Path) -> None:
    path.mkdir()


HOSTILE = [
    *(pipe, bound_socket, device, link_to_an_entry, link_to_an_endless_file, broken_link),
    *(link_to_itself, huge_file, file_of_another_user, folder_in_its_place),
]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("entries", [FLAT, SHARDED])
def test_what_is_no_file_of_our_own_is_no_entry_and_is_replaced(
    tmp_path: Path, hostile: Callable[[Path, Path], None], entries: int
) -> None:
    folder, outside = tmp_path / "cache", tmp_path / "outside"
    store = Folder(folder, entries, SIZE)
    store.set("key", b"value", 60)
    path = entry_file(folder, entries)
    path.unlink()
    hostile(path, outside)
    planted = outside.read_bytes() if outside.exists() else None
    assert within_seconds(lambda: [store.get("key")]) == [None]
    within_seconds(lambda: [store.set("key", b"new", 60)])
    assert within_seconds(lambda: store.get("key")) == b"new"
    if hostile is not folder_in_its_place:
        assert Folder(folder, entries, SIZE).get("key") == b"new"
        assert path.is_file()
        assert not path.is_symlink()
    assert (outside.read_bytes() if outside.exists() else None) == planted


@pytest.mark.parametrize("hostile", HOSTILE)
def test_sweeping_neither_waits_nor_follows_links(
    tmp_path: Path, hostile: Callable[[Path, Path], None]
) -> None:
    folder, outside = tmp_path / "cache", tmp_path / "outside"
    folder.mkdir(mode=0o700)
    hostile(folder / ("a" * 64), outside)
    (folder / ("b" * 64)).touch()

    def swept() -> bool:
        sweep(folder, 0, 0)
        return True

    within_seconds(swept)
    assert {path.name for path in folder.iterdir()} <= {"a" * 64}
    assert (folder / ("a" * 64)).is_dir() is (hostile is folder_in_its_place)
    assert outside.exists() is (hostile is link_to_an_entry)


@pytest.mark.parametrize("hostile", [each for each in HOSTILE if each is not huge_file])
def test_a_file_of_locks_that_is_not_our_own_is_refused(
    tmp_path: Path, hostile: Callable[[Path, Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    hostile(folder / "locks", tmp_path / "outside")
    store = within_seconds(lambda: open_store(str(folder), None, entries=100, megabytes=1))
    assert type(store) is Memory
    assert "emory is used" in caplog.text


def test_a_shard_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "cache", tmp_path / "elsewhere"
    store = Folder(folder, SHARDED, SIZE)
    store.set("key", b"value", 60)
    shard = entry_file(folder, SHARDED).parent
    shard.rename(elsewhere)
    shard.symlink_to(elsewhere)
    assert store.get("key") is None
    store.set("key", b"new", 60)
    assert store.get("key") == b"new", "in memory"
    assert [path.read_bytes()[4:] for path in elsewhere.iterdir()] == [b"value"]
    with pytest.raises(OSError, match=r"symbolic|directory"):
        sweep(shard, 0, 0)
    assert len(list(elsewhere.iterdir())) == 1


def test_a_linked_file_of_our_own_is_not_written_through(tmp_path: Path) -> None:
    """A second name of a file elsewhere: the name is replaced, and not the content."""
    folder, elsewhere = tmp_path / "cache", tmp_path / "elsewhere"
    store = Folder(folder, FLAT, SIZE)
    store.set("key", b"value", 60)
    path = entry_file(folder, FLAT)
    path.unlink()
    elsewhere.write_bytes(b"own")
    os.link(elsewhere, path)
    store.set("key", b"new", 60)
    assert elsewhere.read_bytes() == b"own"
    assert store.get("key") == b"new"


def writable_by_all(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)


def writable_by_all_as_tmp(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o1777)


def writable_by_a_group(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o2770)


def of_another_user(folder: Path) -> None:
    if os.geteuid():
        pytest.skip("only root gives folders away")
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, 12345)


def linked(folder: Path) -> None:
    target = folder.with_name("target")
    target.mkdir(mode=0o700)
    folder.symlink_to(target)


UNSAFE = {
    writable_by_all: "other users can write to it (mode 777)",
    writable_by_all_as_tmp: "other users can write to it (mode 1777)",
    writable_by_a_group: "other users can write to it (mode 2770)",
    of_another_user: f"it belongs to user 12345 and this is user {os.geteuid()}",
    linked: "it is a symbolic link",
}


@pytest.mark.parametrize(("unsafe", "reason"), UNSAFE.items())
def test_a_folder_that_others_can_write_is_refused_with_the_reason(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    unsafe: Callable[[Path], None],
    reason: str,
) -> None:
    folder = tmp_path / "cache"
    unsafe(folder)
    store = open_store(str(folder), None, entries=100, megabytes=1)
    assert type(store) is Memory
    assert f"{folder} is not safe ({reason}" in caplog.text
    assert "Memory is used" in caplog.text
    assert not list(folder.iterdir())


@pytest.mark.parametrize("unsafe", [each for each in UNSAFE if each is not of_another_user])
def test_a_folder_that_becomes_unsafe_is_neither_read_nor_written(
    tmp_path: Path, unsafe: Callable[[Path], None]
) -> None:
    folder = tmp_path / "cache"
    store = Folder(folder, FLAT, SIZE)
    store.set("before", b"1", 60)
    folder.rename(tmp_path / "moved")
    unsafe(folder)
    for path in (tmp_path / "moved").iterdir():
        path.rename(folder / path.name)
    assert store.get("before") is None
    store.set("during", b"2", 60)
    assert store.get("during") == b"2"
    assert Folder(tmp_path / "another", FLAT, SIZE).get("during") is None
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("mode", [0o700, 0o755, 0o750, 0o2700])
def test_a_folder_that_only_we_can_write_is_used(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(mode)
    store = open_store(str(folder), None, entries=100, megabytes=1)
    assert type(store) is Folder
    store.set("key", b"value", 60)
    assert folder.stat().st_mode & 0o7777 == mode


def test_a_folder_of_our_own_is_made_below_one_that_all_can_write(tmp_path: Path) -> None:
    """As in a container: a volume or tmpfs that belongs to root and that all can write."""
    volume = tmp_path / "volume"
    writable_by_all_as_tmp(volume)
    store = open_store("", volume / "weather-where-you-are", entries=100, megabytes=1)
    assert type(store) is Folder


@pytest.mark.parametrize("entries", [FLAT, SHARDED])
def test_folders_and_files_are_made_for_this_user_alone(tmp_path: Path, entries: int) -> None:
    folder = tmp_path / "a" / "b" / "cache"
    before = os.umask(0)
    try:
        store = Folder(folder, entries, SIZE)
        store.set("key", b"value", 60)
    finally:
        os.umask(before)
    made = [tmp_path / "a", tmp_path / "a" / "b", *folder.parent.rglob("*")]
    assert {(path.is_dir(), path.stat().st_mode & 0o777) for path in made} == {
        (True, 0o700),
        (False, 0o600),
    }


def test_a_value_that_is_too_large_is_not_stored(tmp_path: Path) -> None:
    store = Folder(tmp_path, FLAT, SIZE)
    assert store.set("key", bytes(LARGEST_VALUE), 60) is True
    assert len(store.get("key") or b"") == LARGEST_VALUE
    assert store.set("large", bytes(LARGEST_VALUE + 1), 60) is False
    assert store.get("large") is None


@pytest.mark.parametrize("damaged", [b"", b"\xff", b"\xff\xff\xff\xffnan", b"\xff" * 4 + b"inf"])
def test_a_damaged_count_starts_anew(tmp_path: Path, damaged: bytes) -> None:
    store = Folder(tmp_path / "cache", FLAT, SIZE)
    store.count("calls", 3, 60)
    (tmp_path / "cache" / "locks").write_bytes(damaged * 100_000)
    assert store.count("calls", 2, 60) == 2
    assert store.count("calls", 2, 60) == 4


PATH = "/api/v1/weather?q=48.85,2.35"


@pytest.mark.parametrize("hostile", [pipe, link_to_an_endless_file, huge_file, folder_in_its_place])
def test_a_service_answers_whatever_is_in_the_place_of_its_entries(
    tmp_path: Path, make_app: Callable[..., Flask], hostile: Callable[[Path, Path], None]
) -> None:
    folder = tmp_path / "cache"
    assert make_app(cache_url=str(folder)).test_client().get(PATH).status_code == 200
    entries = [path for path in folder.rglob("*") if path.is_file() and path.name != "locks"]
    assert len(entries) >= 2
    for path in entries:
        path.unlink()
        hostile(path, tmp_path / "outside")
    client = make_app(cache_url=str(folder)).test_client()
    assert within_seconds(lambda: client.get(PATH).status_code) == 200


def test_shards_have_distinct_names(tmp_path: Path) -> None:
    shards = Shards(tmp_path, SHARDED, SIZE)
    assert shards.place("ab" + "c" * 62) == (tmp_path / "ab", "c" * 62)
    assert Shards(tmp_path, FLAT, SIZE).place("ab" + "c" * 62) == (tmp_path, "ab" + "c" * 62)
