"""The time of a start, with compiled bytecode."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from benchmarks.services import ROOT, running

_REPEATS = 7
_CODE = "import time; t = time.perf_counter(); import app; print(time.perf_counter() - t)"


def report() -> Iterator[str]:
    """Lines of a Markdown table: medians."""
    imports = [_import() for _ in range(_REPEATS)]
    inner, whole = (median(column) for column in zip(*imports, strict=True))
    yield "\n| start | seconds |\n|---|---:|"
    yield f"| import of the application | {inner:.2f} |"
    yield f"| a process that imports it, in all | {whole:.2f} |"
    first = median(_first() for _ in range(_REPEATS))
    yield f"| `python app.py` to its first answer | {first:.2f} |"


def _import() -> tuple[float, float]:
    start = time.monotonic()
    command = [sys.executable, "-c", _CODE]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(out.stdout), time.monotonic() - start


def _first() -> float:
    start = time.monotonic()
    with running("app.py", CACHE_URL="memory"):
        return time.monotonic() - start


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
