"""Memory and CPU time of images under equal load, side by side. Prints Markdown.

    python -m benchmarks.footprint [--places 300] [--rounds 3] [--memory 96m] NAME…

NAME is a level, or what follows `app:` in the name of another image. A round starts each image
anew, requests every place as JSON and as a page, then warm ones again and again; so other work of
the machine affects all images. The figures are medians, and the shares are of the first image.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from statistics import median

from benchmarks import visitors
from benchmarks.services import cpu_of, memory_of_all
from simulator import Upstreams
from tests.conftest import until
from tests.images import engine
from tests.images.engine import Container, docker

_WARM = 2000  # requests of a warm response
_TO_REST = 2  # seconds after the first response: the workers start one after the other
LEVEL_5 = ["magic", "legendary"]  # the same on Debian's Python, with which its CPU is compared
_PROCESSES = 3  # the master and the default number of workers
# Without limits, so that all images do the same work on a busy machine too.
_SETTINGS = {
    "CACHE_URL": "memory",
    "DEADLINE": "60",
    "OPEN_METEO_BUDGET": "",
    "RATE_LIMIT": "0",
    "TRUSTED_PROXIES": "1",
}


@dataclass(frozen=True)
class Footprint:
    at_start: float  # megabytes of all processes, shared pages counted once (PSS)
    after_load: float  # the same
    new: float  # milliseconds of CPU time for a place at its first request
    json: float  # the same for a warm response
    page: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.footprint", description=__doc__)
    parser.add_argument("--places", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="", help="limit of a container")
    parser.add_argument("names", nargs="+", metavar="NAME")
    options = parser.parse_args()
    limit = ("--memory", options.memory) if options.memory else ()
    print("\n".join(report(options.names, options.places, options.rounds, *limit)))


def report(names: list[str], places: int, rounds: int, *options: str) -> Iterator[str]:
    """Lines of a Markdown table; `options` are docker's."""
    with Upstreams() as upstreams:
        environment = {**upstreams.environment(), **_SETTINGS}
        measured = [
            {name: measure(name, environment, places, *options) for name in names}
            for _ in range(rounds)
        ]
    yield ""
    yield from table(names, measured)
    if names == LEVEL_5:
        yield "| *aim* | | | (≤ 1.00) | (≤ 1.00) | (≤ 1.00) |"


def measure(name: str, environment: Mapping[str, str], places: int, *options: str) -> Footprint:
    """Of one container. Raises `RuntimeError` if a response is missing."""
    with engine.running(name, environment, *options) as container:
        container.wait()
        until(lambda: len(processes(container)) == _PROCESSES)
        time.sleep(_TO_REST)
        at_start = memory(container)
        paths = [f"/{visitors.place(number)}?strict=1" for number in range(places)]
        views = ("&format=json", "&format=html")
        new = cpu_per_request(container, [path + view for path in paths for view in views])
        after_load = memory(container)
        warm = [cpu_per_request(container, [paths[0] + view] * _WARM) for view in views]
    return Footprint(at_start, after_load, new, *warm)


def cpu_per_request(container: Container, paths: list[str]) -> float:
    """Milliseconds."""
    before = cpu_seconds(container)
    visitors.check(visitors.visit_each(container.url, paths))
    return (cpu_seconds(container) - before) * 1000 / len(paths)


def memory(container: Container) -> float:
    """Megabytes of all processes together, what they share counted once."""
    return memory_of_all(processes(container))


def cpu_seconds(container: Container) -> float:
    """User and system time of all processes."""
    return cpu_of(processes(container))


def processes(container: Container) -> list[int]:
    """Their process ids, without those of health checks."""
    rows = docker("top", container.name, "-eo", "pid,args").splitlines()[1:]
    return [int(row.split()[0]) for row in rows if not row.endswith("health")]


def table(names: list[str], rounds: list[dict[str, Footprint]]) -> Iterator[str]:
    """Lines of Markdown."""
    yield (
        "| image | MB at the start | MB after the load | CPU ms, new place | warm JSON "
        "| warm page |"
    )
    yield "|---|" + "---:|" * 5
    first = rounds[0][names[0]]
    for name in names:
        cells = []
        for field in range(len(astuple(first))):
            values = [astuple(one[name])[field] for one in rounds]
            shares = [astuple(one[name])[field] / astuple(one[names[0]])[field] for one in rounds]
            cells.append(f"{median(values):.4g} ({median(shares):.2f})")
        yield f"| {name} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
