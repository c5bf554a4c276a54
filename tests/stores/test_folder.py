from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT
from weather.stores.folder import Folder


def test_the_oldest_files_are_removed_beyond_so_many_entries_or_bytes(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("another program's")
    (tmp_path / "0.__wz_cache").write_text("an unfinished entry whose writer died")
    os.utime(tmp_path / "0.__wz_cache", (1, 1))
    few = Folder(tmp_path, entries=100, size=10_000_000)
    for number in range(640):
        few.set(f"{number}", b"x" * 100, 60)
    assert 90 <= len(list(tmp_path.iterdir())) <= 100 + 2
    assert (few.get("0"), few.get("639")) == (None, b"x" * 100)
    small = Folder(tmp_path, entries=1000, size=20_000)
    for number in range(640):
        small.set(f"{number}", b"y" * 1000, 60)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 20_000 + 64 * 1004
    assert (tmp_path / "letter.txt").exists()
    assert not (tmp_path / "0.__wz_cache").exists()


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """A superuser, whom no permission binds, becomes another user for the test."""
    privileged = os.geteuid() == 0
    if privileged:
        os.seteuid(65534)
    yield
    if privileged:
        os.seteuid(0)


def replaced_by_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder")


def without_permission(folder: Path) -> None:
    folder.chmod(0)


def read_only(folder: Path) -> None:
    for file in folder.iterdir():
        file.chmod(0)
    folder.chmod(0o500)


@pytest.mark.parametrize("spoil", [replaced_by_a_file, without_permission, read_only])
@pytest.mark.usefixtures("unprivileged")
def test_failed_writes_go_to_memory_until_a_write_succeeds(
    spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "answers"
        store, another = (Folder(folder, 100, 1_000_000) for _ in range(2))
        store.set("before", b"1", 60)
        store.count("calls", 2, 60)
        spoil(folder)
        assert store.get("before") is None
        for _ in range(70):
            store.set("during", b"2", 60)
        assert store.get("during") == b"2"
        counts = [store.count("calls", 1, 60) for _ in range(3)]
        assert counts[2] == counts[0] + 2
        assert store.acquire("lock", 60)
        assert caplog.text.count("memory is used") == 1
        if folder.is_file():
            folder.unlink()
        else:
            folder.chmod(0o700)
        store.set("during", b"3", 60)
        assert another.get("during") == b"3", "a write that succeeds goes to the folder"
        assert store.get("during") == b"3"


FULL = """
import resource, sys
from weather.stores.base import open_store
store = open_store(sys.argv[1], None, entries=100, megabytes=1)
store.set("before", b"1", 60)
resource.setrlimit(resource.RLIMIT_FSIZE, (3, 3))
store.set("before", b"2", 60)
print(store.get("before"), [store.count("calls", 1, 60) for _ in range(3)])
"""


def test_a_full_disk_leaves_the_values_in_memory_and_no_unfinished_files(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == "b'2' [1.0, 2.0, 3.0]\n"
    assert "Traceback" not in result.stderr
    assert len(list(tmp_path.iterdir())) == 2, "the locks and the entry"


def test_a_folder_that_was_removed_is_made_again(tmp_path: Path) -> None:
    ours, theirs = (Folder(tmp_path / "answers", 100, 1_000_000) for _ in range(2))
    shutil.rmtree(tmp_path / "answers")
    ours.set("key", b"value", 60)
    assert theirs.get("key") == b"value"
