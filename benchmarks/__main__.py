"""`make bench`: all measurements, in some ten minutes. Prints Markdown. Level 5 is among them where
an engine has its image and that of `magic`.

The longer forms: `python -m benchmarks.memory` (100,000 places) and `python -m benchmarks.soak`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import burst, calls, cold, footprint, memory, soak, speed, start
from tests.images import engine, processes

_PLACES = 10_000
_FIRST_REQUESTS = 300  # places
_SOAK = 60  # seconds


def main() -> None:
    print_lines(speed.report())
    print_lines(cold.report(_FIRST_REQUESTS))
    print_lines(burst.report())
    print_lines(calls.report())
    print_lines(memory.report(_PLACES, "folder"))
    print_lines(soak.run_default_service(_SOAK, places=20).lines())
    if engine.missing() or not all(engine.has(f"app:{level}") for level in footprint.LEVEL_5):
        print_lines(start.report())
        print("\nLevel 5 is not measured: `make levels` builds its image.")
        return
    with TemporaryDirectory() as folder:
        executable = Path(folder) / "weather"
        processes.copy_from("app:legendary", "/weather", executable)
        print_lines(start.report(str(executable)))
    print_lines(footprint.report(footprint.LEVEL_5, places=_FIRST_REQUESTS, rounds=3))


def print_lines(lines: Iterable[str]) -> None:
    """Prints every line at once: some take minutes."""
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
