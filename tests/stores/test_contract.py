"""What the stores have in common."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

from tests.conftest import until
from tests.processes import ROOT
from tests.stores.conftest import Make
from weather.stores.base import open_store


def test_a_value_is_read_by_every_process(make: Make) -> None:
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


def test_a_lock_has_one_holder_at_a_time(make: Make) -> None:
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
    until(lambda: store.acquire("lock", 60))
