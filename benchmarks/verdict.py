"""What the visitors of a soak were told, and whether it was right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_NEAR = 1.5  # °C that the second provider's forecast may be off the first's
# Minutes that a forecast may be old and not be marked: until it expires (at the next quarter, or
# as the second provider says, but two hours at most), an hour more, jitter, and the clock's steps.
_OLDEST = {True: 15 + 60 + 10, False: 120 + 60 + 10}

Hours = dict[str, float]  # temperature in °C by the hour


def latitude(place: int) -> float:
    """Of the place with that number; all lie on one meridian."""
    return 40 + place / 4


@dataclass
class Verdict:
    right: dict[int, Hours] = field(default_factory=dict)  # what was told of a place at first
    seconds: list[float] = field(default_factory=list)  # that each visit took
    failed: Counter[int] = field(default_factory=Counter)  # by status
    broken: int = 0  # visits whose connection broke
    wrong: list[str] = field(default_factory=list)
    stale: int = 0
    second: int = 0  # answers from the second provider

    def add(self, place: int, status: int, body: bytes, seconds: float) -> None:
        """A visit; status 0 is a connection that broke."""
        self.seconds.append(seconds)
        if status == 0:
            self.broken += 1
        elif status != 200:
            self.failed[status] += 1
        elif not self._is_right(place, body):
            self.wrong.append(body[:200].decode(errors="replace"))

    def _is_right(self, place: int, body: bytes) -> bool:
        """A right answer is whole, of this place, marked if it is old, and says of each hour what
        was said of it at first: the simulated weather does not change its mind."""
        try:
            answer = json.loads(body)
            hours = {each["valid_at"]: each["temperature"] for each in answer["hourly"]}
            told, where = answer["provenance"], answer["place"]
            first = told["provider"] == "open-meteo"
            known = self.right.setdefault(place, hours)
            common = known.keys() & hours.keys()
            off = max(abs(known[hour] - hours[hour]) for hour in common)
        except (ValueError, LookupError, TypeError):
            return False
        self.stale += told["stale"]
        self.second += not first
        here = abs(where["latitude"] - latitude(place)) < 0.01
        whole = len(common) > 24 and answer["current"]["temperature"] is not None
        marked = told["stale"] or told["age"] <= 60 * _OLDEST[first]
        return here and whole and marked and off <= (0 if first else _NEAR)

    @property
    def slowest(self) -> float:
        return max(self.seconds)

    def lines(self) -> Iterator[str]:
        """Rows of a Markdown table."""
        slow = sorted(self.seconds)
        half, most = (slow[int(len(slow) * share)] for share in (0.5, 0.99))
        kinds = ", ".join(f"{count} of {status}" for status, count in self.failed.items())
        yield f"| visits | {len(slow):,} |"
        yield f"| wrong answers | {len(self.wrong)} |"
        yield f"| errors | {kinds or 0} |"
        yield f"| answers past their time, and marked | {self.stale:,} |"
        yield f"| answers from the second provider | {self.second:,} |"
        yield f"| p50, p99, slowest, s | {half:.3f}, {most:.3f}, {self.slowest:.2f} |"
