"""Names the object files of an instrumented build that together did the least of the counted work.

    cold.py SOURCE    prints the objects that share the last SHARE of the executed branches

They are compiled for size: that saves space in code that takes no time.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

SHARE = 0.035
# gcov-dump prints each function's counters under a heading with their kind.
HEADING = re.compile(r":COUNTERS (\w+) ")
COUNTS = re.compile(r":\s+\d+: ((?:\d+ )+)$", re.MULTILINE)


def executed(dump: str) -> int:
    """The sum of the branch counts in the output of `gcov-dump -l`."""
    kinds = HEADING.split(dump)[1:]
    return sum(
        sum(map(int, row.split()))
        for kind, text in zip(kinds[::2], kinds[1::2], strict=True)
        if kind == "arcs"
        for row in COUNTS.findall(text)
    )


def coldest(work: dict[str, int], share: float) -> list[str]:
    """The names with the least work, up to a share of all work, in the order of their names."""
    budget = share * sum(work.values())
    cold = []
    for name in sorted(work, key=lambda name: (work[name], name)):
        budget -= work[name]
        if budget < 0:
            break
        cold.append(name)
    return sorted(cold)


def main(source: Path) -> None:
    work = {}
    for profile in source.rglob("*.gcda"):
        command = ["gcov-dump", "-l", str(profile)]
        dump = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        work[str(profile.relative_to(source).with_suffix(".o"))] = executed(dump)
    print(*coldest(work, SHARE), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
