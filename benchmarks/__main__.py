"""What `make bench` measures. Markdown on stdout, within some ten minutes.

The longer forms: `python -m benchmarks.memory` (100,000 places) and `python -m benchmarks.soak`.
"""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks import burst, calls, memory, soak, speed, start

_PLACES = 10_000
_SOAK = 60  # seconds


def main() -> None:
    show(speed.report())
    show(burst.report())
    show(calls.report())
    show(memory.report(_PLACES, "folder"))
    show(soak.soaked(_SOAK, places=20).lines())
    show(start.report())


def show(lines: Iterable[str]) -> None:
    """As they come, since some take minutes."""
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
