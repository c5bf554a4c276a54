"""The time of a start, with compiled bytecode, and the CPU that it takes: on a busy machine the
time is longer, the CPU much the same.

    python -m benchmarks.start [EXECUTABLE…]

Prints Markdown. The import of Flask alone stands beside, for the speed of the machine. Each
EXECUTABLE is one of level 5, started without a container: `docker cp` copies `/weather` out of one.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from benchmarks import replay
from benchmarks.services import ROOT, cpu, fetch, running_program
from simulator import Upstreams

_REPEATS = 7
_IMPORT, _FIRST = 0.25, 0.5  # seconds, the aims

Seconds = tuple[float, float]  # elapsed, of CPU


def report(*executables: str) -> Iterator[str]:
    """Lines of a Markdown table: medians of rounds that alternate between the rows."""
    with (
        tempfile.TemporaryDirectory() as bytecode,
        Upstreams() as upstreams,
        replay.replaying(upstreams) as providers,
    ):
        environment = {"PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""}
        starts: dict[str, tuple[Callable[[], Seconds], str]] = {
            "import of Flask alone": (lambda: _process("import flask", environment), ""),
            "import of the application": (
                lambda: _process("import app", environment),
                f"≤ {_IMPORT}",
            ),
            "`python app.py` to its first answer": (lambda: _first(environment), f"≤ {_FIRST}"),
            "`python app.py` to its first forecast, which needs the atlas's tables": (
                lambda: _first(environment | providers, path="/Paris?format=3"),
                "",
            ),
        }
        for executable in executables:
            starts[f"`{executable}` to its first answer"] = (
                partial(_first, environment, executable),
                f"≤ {_FIRST}",
            )
        rounds = [[start() for start, _ in starts.values()] for _ in range(1 + _REPEATS)]
    yield "\n| start of a process | seconds | aim | of CPU |\n|---|---:|---:|---:|"
    # The first round compiles.
    for name, (_, aim), column in zip(
        starts, starts.values(), zip(*rounds[1:], strict=True), strict=True
    ):
        elapsed, used = (median(values) for values in zip(*column, strict=True))
        yield f"| {name} | {elapsed:.2f} | {aim} | {used:.2f} |"


def _process(code: str, environment: dict[str, str]) -> Seconds:
    start, before = time.monotonic(), _children_cpu()
    command = [sys.executable, "-c", code]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True)
    return time.monotonic() - start, _children_cpu() - before


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _first(environment: dict[str, str], *program: str, path: str = "") -> Seconds:
    """To the first response, and then to that of a path."""
    command = program or (sys.executable, "app.py")
    start = time.monotonic()
    with running_program(command, ROOT, CACHE_URL="memory", **environment) as (url, master):
        if path:
            fetch(url + path)
        return time.monotonic() - start, cpu(master)


if __name__ == "__main__":
    for line in report(*sys.argv[1:]):
        print(line, flush=True)
