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
    """A run of an attack: its source of chance, its end, what it counted and what fell."""

    seed: int
    seconds: float
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self._end = time.monotonic() + self.seconds

    @property
    def goes_on(self) -> bool:
        """Whether there is time left, and few enough failures to be read."""
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
