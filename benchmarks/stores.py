"""The stores with many entries: what a call costs, and SQLite beside them.

    python -m benchmarks.stores [--entries 100000]

Prints Markdown: microseconds of CPU of the calling process, and of elapsed time, for a call; each
is the median of rounds that alternate between the stores. Redis needs `redis-server`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks.sqlite_store import SQLite
from tests.redis_server import RedisServer
from weather.stores.base import Store
from weather.stores.folder import Folder
from weather.stores.memory import Memory
from weather.stores.redis import Redis

_SIZE = 2000  # bytes of a value: between a forecast and air quality
_ROUNDS = 7
_CALLS = 500  # in a round
_SECONDS = 3600
_ROOM = 1 << 30  # bytes


def report(entries: int) -> Iterator[str]:
    """Lines of a Markdown table."""
    yield (
        f"\n| {entries:,} entries of {_SIZE:,} bytes | read, µs of CPU | elapsed "
        "| replace, µs of CPU | elapsed | a missing one, µs of CPU | on disk, MB |"
    )
    yield "|---|" + "---:|" * 6
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores = _stores(folder, entries, stack)
        for store in stores.values():
            for number in range(entries):
                store.set(_key(number), _value(), _SECONDS)
        rounds = [
            {name: _measure(stores[name], entries) for name in stores} for _ in range(_ROUNDS)
        ]
        for name in stores:
            columns = zip(*(figures[name] for figures in rounds), strict=True)
            cells = " | ".join(f"{median(column):.0f}" for column in columns)
            yield f"| {name} | {cells} | {_disk_usage(folder / name)} |"


def _stores(folder: Path, entries: int, stack: ExitStack) -> dict[str, Store]:
    room = entries + entries // 4
    stores: dict[str, Store] = {
        "memory": Memory(room, _ROOM),
        "folder": Folder(folder / "folder", room, _ROOM),
        "SQLite": SQLite(folder / "SQLite"),
    }
    if shutil.which("redis-server"):
        server = stack.enter_context(RedisServer())
        stores["Redis"] = Redis(server.url, Memory(100, 100_000))
    return stores


def _measure(store: Store, entries: int) -> list[float]:
    """Microseconds of CPU and elapsed for reading and writing, and of CPU for a missing entry."""
    draw = random.Random(1)

    def existing() -> str:
        return _key(draw.randrange(entries))

    read = _cost(lambda: store.get(existing()))
    write = _cost(lambda: store.set(existing(), _value(), _SECONDS))
    return [*read, *write, _cost(lambda: store.get(_key(-draw.randrange(1, entries))))[0]]


def _cost(call: Callable[[], object]) -> tuple[float, float]:
    cpu, elapsed = time.process_time(), time.perf_counter()
    for _ in range(_CALLS):
        call()
    scale = 1e6 / _CALLS
    return (time.process_time() - cpu) * scale, (time.perf_counter() - elapsed) * scale


def _key(number: int) -> str:
    return f"forecast open-meteo {number}"


def _value() -> bytes:
    """What zlib has left: random bytes."""
    return os.urandom(_SIZE)


def _disk_usage(path: Path) -> str:
    """Megabytes in the blocks of the file system; empty for what has no files."""
    files = [path, *path.rglob("*")] if path.exists() else []
    blocks = sum(file.stat().st_blocks for file in files)
    return f"{blocks * 512 / 1e6:.0f}" if files else ""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stores", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    for line in report(parser.parse_args().entries):
        print(line, flush=True)


if __name__ == "__main__":
    main()
