"""Memory by the number of places, each of which is requested once, and the last thousand of each
tenth once more, which fills the caches of responses.

    python -m benchmarks.memory [--places 100000] [--cache folder|memory]

Prints Markdown. The limits are the default settings', without quota and rate limit.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import replay, visitors
from benchmarks.services import children, memory_of, memory_of_all, running, shared_memory
from simulator import Upstreams

_STEPS = 10
_AGAIN = 1000  # places
_UNLIMITED = {"OPEN_METEO_BUDGET": "", "RATE_LIMIT": "0", "TRUSTED_PROXIES": "1"}


@dataclass(frozen=True)
class Sample:
    places: int
    master: float  # RSS, megabytes, as everything below
    worker: float  # RSS of the largest worker
    all: float  # of all processes: PSS, and shared memory in whole, whoever uses it at present
    shared: float  # of that, memory that is shared: tables, responses, the store, the rate limit
    store: float  # the bytes in the files
    blocks: float  # what they take on the disk
    entries: int
    rate: float  # new places a second
    failed: int  # responses with another status than 200

    def __str__(self) -> str:
        sizes = f"{self.master:.0f} | {self.worker:.0f} | {self.all:.0f} | {self.shared:.0f}"
        store = (
            f"{self.store:.1f} | {self.blocks:.0f} | {self.entries:,}" if self.entries else " | | "
        )
        return f"| {self.places:,} | {sizes} | {store} | {self.rate:.0f} |"


def report(places: int, cache: str) -> Iterator[str]:
    """Lines of a Markdown table. `cache` is "folder" or "memory"."""
    yield (
        f"\n| distinct places, cache in {'a folder' if cache == 'folder' else cache} "
        "| master, RSS MB | a worker, RSS MB | all, MB | of it shared memory "
        "| files, MB | on disk, MB | entries | places/s |"
    )
    yield "|---:|" + "---:|" * 8
    failed = 0
    for sample in samples(places, cache):
        failed += sample.failed
        yield str(sample)
    if failed:
        yield f"\n{failed} answers were no forecast."


def samples(places: int, cache: str) -> Iterator[Sample]:
    """One sample before the first place, and one after every tenth of the places."""
    with (
        Upstreams() as upstreams,
        replay.replaying(upstreams) as providers,
        tempfile.TemporaryDirectory() as name,
    ):
        folder = Path(name)
        store = {"CACHE_URL": cache if cache == "memory" else name}
        with running("app.py", **providers, **store, **_UNLIMITED) as (url, master):
            yield _sample(0, master, folder)
            for step in range(_STEPS):
                part = range(places * step // _STEPS, places * (step + 1) // _STEPS)
                start = time.monotonic()
                failed = _failed(url, part)
                rate = len(part) / (time.monotonic() - start)
                failed += _failed(url, part[-_AGAIN:])
                yield _sample(part.stop, master, folder, rate, failed)


def _failed(url: str, numbers: range) -> int:
    """Visits places; how many of the responses are no forecast."""
    paths = (f"/{visitors.place(number)}?format=json&strict=1" for number in numbers)
    return sum(status != 200 for status in visitors.visit_each(url, paths))


def _sample(places: int, master: int, folder: Path, rate: float = 0, failed: int = 0) -> Sample:
    workers = children(master)
    processes = (master, *workers)
    files = [path.stat() for path in folder.rglob("*") if path.is_file() and path.name != "locks"]
    return Sample(
        places,
        master=memory_of(master, "Rss"),
        worker=max(memory_of(worker, "Rss") for worker in workers),
        all=memory_of_all(processes),
        shared=shared_memory(processes),
        store=sum(file.st_size for file in files) / 1e6,
        blocks=sum(file.st_blocks for file in files) * 512 / 1e6,
        entries=len(files),
        rate=rate,
        failed=failed,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--places", type=int, default=100_000)
    parser.add_argument("--cache", choices=("folder", "memory"), default="folder")
    options = parser.parse_args()
    for line in report(options.places, options.cache):
        print(line, flush=True)


if __name__ == "__main__":
    main()
