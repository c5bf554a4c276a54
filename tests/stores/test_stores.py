"""The stores: the same of each kind, and what is particular to one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT
from tests.redis_server import RedisServer
from weather.stores.base import Store, open_store
from weather.stores.folder import Folder
from weather.stores.memory import Memory

Make = Callable[[], Store]


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    with RedisServer() as server:
        yield server


@pytest.fixture(params=["memory", "folder", "redis"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """One more process's view of a store of each kind."""
    if request.param == "redis":
        url = request.getfixturevalue("redis").url
        return lambda: open_store(url, None, entries=1000, megabytes=10)
    if request.param == "folder":
        return lambda: Folder(tmp_path, 1000, 10_000_000)
    memory = Memory(1000, 10_000_000)
    return lambda: memory


def test_what_is_set_is_there_for_all(make: Make) -> None:
    ours, theirs = make(), make()
    assert ours.get("key") is None
    ours.set("key", b"value", 60)
    assert theirs.get("key") == b"value"
    theirs.set("key", b"another\0\xff", 60)
    assert ours.get("key") == b"another\0\xff"


def test_counts_are_exact_among_threads(make: Make) -> None:
    store = make()

    def count() -> None:
        for _ in range(25):
            store.count("calls", 2.5, 60)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count("calls", -0.5, 60) == 8 * 25 * 2.5 - 0.5


def test_one_holds_a_lock_at_a_time(make: Make) -> None:
    store = make()
    assert store.acquire("lock", 60)
    assert not store.acquire("lock", 60)
    assert store.acquire("another", 60)
    store.release("lock")
    assert store.acquire("lock", 60)


COUNTING = """
import sys
from pathlib import Path
from weather.stores.base import open_store
store = open_store(sys.argv[1], None, entries=100, megabytes=1)
for _ in range(200):
    store.count("calls", 1, 60)
"""
HOLDING = """
import sys, time
from weather.stores.base import open_store
store = open_store(sys.argv[1], None, entries=100, megabytes=1)
print(store.acquire("lock", 1.0), flush=True)
time.sleep(60)
"""


@pytest.fixture(params=["folder", "redis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "redis":
        return str(request.getfixturevalue("redis").url)
    return str(tmp_path)


def test_counts_are_exact_among_processes(url: str) -> None:
    command = [sys.executable, "-c", COUNTING, url]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert open_store(url, None, entries=100, megabytes=1).count("calls", 0, 60) == 600


def test_the_lock_of_a_process_that_was_killed_is_free(url: str) -> None:
    store = open_store(url, None, entries=100, megabytes=1)
    command = [sys.executable, "-c", HOLDING, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        assert not store.acquire("lock", 60)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    for _ in range(500):
        if store.acquire("lock", 60):
            return
        time.sleep(0.01)
    raise AssertionError("still held")


def test_memory_has_room_for_so_many_entries_and_bytes() -> None:
    few = Memory(entries=3, size=1000)
    for number in range(5):
        few.set(f"{number}", b"x", 60)
    assert [few.get(f"{number}") for number in range(5)] == [None, None, b"x", b"x", b"x"]
    small = Memory(entries=100, size=10)
    for number in range(3):
        small.set(f"{number}", b"four", 60)
        small.set(f"{number}", b"four", 60)
    assert [small.get(f"{number}") for number in range(3)] == [None, b"four", b"four"]


def test_a_folder_has_room_for_so_many_entries_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("somebody's own")
    (tmp_path / "0.__wz_cache").write_text("half of an entry whose writer died")
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
    """Whoever may do everything takes another's part."""
    privileged = os.geteuid() == 0
    if privileged:
        os.seteuid(65534)
    yield
    if privileged:
        os.seteuid(0)


def gone(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder any more")


def shut(folder: Path) -> None:
    folder.chmod(0)


def unreadable(folder: Path) -> None:
    for file in folder.iterdir():
        file.chmod(0)
    folder.chmod(0o500)


@pytest.mark.parametrize("spoil", [gone, shut, unreadable])
@pytest.mark.usefixtures("unprivileged")
def test_what_a_folder_does_not_take_is_in_memory(
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
        assert caplog.text.count("memory serves") == 1
        if folder.is_file():
            folder.unlink()
        else:
            folder.chmod(0o700)
        store.set("during", b"3", 60)
        assert another.get("during") == b"3", "what it takes again is there"
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


def test_a_full_disk(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "b'2' [1.0, 2.0, 3.0]\n"
    assert "Traceback" not in told.stderr
    assert len(list(tmp_path.iterdir())) == 2, "the locks and the entry, and no half ones"


def test_a_folder_that_was_cleared_away_is_made_again(tmp_path: Path) -> None:
    ours, theirs = (Folder(tmp_path / "answers", 100, 1_000_000) for _ in range(2))
    shutil.rmtree(tmp_path / "answers")
    ours.set("key", b"value", 60)
    assert theirs.get("key") == b"value"


def test_redis_may_die_hang_and_come_back(redis: RedisServer) -> None:
    store = open_store(redis.url, None, entries=100, megabytes=1)
    store.set("before", b"1", 60)
    redis.hang()
    store.set("during", b"2", 60)
    assert (store.get("before"), store.get("during")) == (b"1", b"2")
    assert store.acquire("lock", 60)
    assert not store.acquire("lock", 60)
    assert [store.count("calls", 1, 60) for _ in range(2)] == [1, 2]
    store.release("lock")
    redis.kill()
    assert store.get("during") == b"2"
    redis.start()
    another = open_store(redis.url, None, entries=100, megabytes=1)
    for _ in range(500):
        store.set("after", b"3", 60)
        if another.get("after") == b"3":
            break
        time.sleep(0.01)
    assert another.get("after") == b"3", "what came back is used again"


def test_a_redis_that_comes_back_with_nothing_forgets_no_count(redis: RedisServer) -> None:
    store = open_store(redis.url, None, entries=100, megabytes=1)
    assert store.count("calls", 5, 60) == 5
    redis.kill()
    assert store.count("calls", 5, 60) == 10
    redis.start()
    for number in range(11, 50):
        assert store.count("calls", 1, 60) == number
        time.sleep(0.1)


def test_a_redis_that_is_not_there_at_the_start(tmp_path: Path) -> None:
    store = open_store("redis://127.0.0.1:1/0", None, entries=100, megabytes=1)
    store.set("key", b"value", 60)
    assert store.get("key") == b"value"


def test_a_folder_that_cannot_be_written_gives_way_to_memory(tmp_path: Path) -> None:
    def kind(url: str, default: Path | None) -> type:
        return type(open_store(url, default, entries=100, megabytes=1))

    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert kind(str(blocked / "cache"), None) is Memory
    assert kind("", blocked / "cache") is Memory
    assert kind("", None) is Memory
    assert kind("memory", tmp_path) is Memory
    assert kind("", tmp_path / "new") is Folder
