"""`make bench`: all measurements, in some ten minutes. Prints Markdown.

The longer forms: `python -m benchmarks.memory` (100,000 places) and `python -m benchmarks.soak`.
"""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks import burst, calls, memory, soak, speed, start

_PLACES = 10_000
_SOAK = 60  # seconds


def main() -> None:
    print_lines(speed.report())
    print_lines(burst.report())
    print_lines(calls.report())
    print_lines(memory.report(_PLACES, "folder"))
    print_lines(soak.run_default_service(_SOAK, places=20).lines())
    print_lines(start.report())


def print_lines(lines: Iterable[str]) -> None:
    """Prints every line at once: some take minutes."""
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
