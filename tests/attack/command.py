"""What the commands share: their arguments, and how they report."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Run:
    """A run of an attack: its source of chance, its end, what it counted and what fell. It ends
    after `seconds`, counted from its first round, or after `most` rounds."""

    seed: int
    seconds: float = 600
    most: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self._end: float | None = None
        self._rounds = 0

    def next_round(self) -> bool:
        """Whether there is another one: there is time left, and few enough failures to be read."""
        self._end = self._end or time.monotonic() + self.seconds
        self._rounds += 1
        if self.most is not None and self._rounds > self.most:
            return False
        return time.monotonic() < self._end and len(self.failures) < 20

    def fail(self, text: str) -> None:
        self.failures.append(text[:1000])


def main(attack: Callable[[Run], None], description: str | None) -> None:
    """Runs the attack of the command line. Exits with 1 if something fell."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--seconds", type=float, default=60)
    arguments = parser.parse_args()
    run = Run(arguments.seed, arguments.seconds)
    attack(run)
    print(f"seed {run.seed}:", ", ".join(f"{count} {name}" for name, count in run.counts.items()))
    for failure in run.failures[:10]:
        print(f"\nFELL: {failure}")
    sys.exit(bool(run.failures))
