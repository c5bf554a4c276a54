from __future__ import annotations

import pickle
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.cache.sources import ANOTHER, PLACE, Source
from tests.conftest import Clock
from weather.cache.cache import Cache
from weather.cache.codec import encode
from weather.cache.entries import PREFIX
from weather.cache.entry import Failure
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamUnavailable
from weather.stores.folder import Folder
from weather.stores.memory import Memory


def test_the_store_is_shared_and_survives_a_restart(tmp_path: Path, clock: Clock) -> None:
    first, second = (Cache(Folder(tmp_path, 1000, 10_000_000), clock) for _ in range(2))
    source = Source(first, PLACE)
    first.get("key", source, Deadline(1))
    assert second.get("key", source, Deadline(1)).value == PLACE
    assert source.calls == 1


@pytest.mark.parametrize("damage", [b"", b"\0", b"rubbish" * 100, b"12345"])
def test_a_damaged_file_is_a_miss(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture, damage: bytes
) -> None:
    first, second = (Cache(Folder(tmp_path, 1000, 10_000_000), clock) for _ in range(2))
    first.get("key", Source(first, PLACE), Deadline(1))
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:4] + damage)
    assert second.get("key", Source(second, ANOTHER), Deadline(1)).value == ANOTHER
    assert "Traceback" not in caplog.text


class Trap:
    """What an attacker who can write to the store might leave there."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("/tmp/trap-was-sprung"),)  # noqa: S108


class Trapped(Memory):
    def get(self, key: str) -> bytes | None:
        return zlib.compress(pickle.dumps(Trap()))


def test_a_pickle_in_the_store_is_a_miss_and_not_run(clock: Clock) -> None:
    cache = Cache(Trapped(), clock)
    assert cache.get("key", Source(cache, ANOTHER), Deadline(1)).value == ANOTHER
    assert not Path("/tmp/trap-was-sprung").exists()  # noqa: S108


def test_no_entry_and_no_failure_outlives_a_clock_that_is_set_back(clock: Clock) -> None:
    store = Memory()
    cache, source = Cache(store, clock), Source(Cache(store, clock), PLACE, ANOTHER)
    cache.get("key", source, Deadline(1))
    clock.advance(days=-1)
    for process in (cache, Cache(store, clock)):
        assert process.get("key", source, Deadline(1)).value == ANOTHER
    assert source.calls == 2
    failure = Failure(UpstreamUnavailable("down"), clock(), time.time() + 86_400)
    store.set(f"{PREFIX}failed another", encode(failure), 86_400)
    assert cache.get("another", source, Deadline(1)).value == ANOTHER


def test_the_clocks_of_machines_that_share_a_store_may_differ_a_little(clock: Clock) -> None:
    store = Memory()
    source = Source(Cache(store, clock), PLACE)
    Cache(store, clock).get("key", source, Deadline(1))
    clock.advance(seconds=-30)
    Cache(store, clock).get("key", source, Deadline(1))
    assert source.calls == 1
