"""The correctness of the responses of a soak."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOLERANCE = 1.5  # °C between the forecasts of the two providers
# Maximal age in minutes of a forecast that is not marked stale, of the first provider or not: until
# it expires (at the next quarter hour; the second provider's Expires, two hours at most), an hour
# of stale-while-revalidate, jitter, and the steps of the clock.
_MAX_AGE = {True: 15 + 60 + 10, False: 120 + 60 + 10}

Hours = dict[str, float]  # temperature in °C by time


def latitude(place: int) -> float:
    """Degrees, of the place with that number; all are on one meridian."""
    return 40 + place / 4


@dataclass
class Verdict:
    forecasts: dict[int, Hours] = field(default_factory=dict)  # the first one of every place
    seconds: list[float] = field(default_factory=list)  # of every visit
    failed: Counter[int] = field(default_factory=Counter)  # by status
    broken: int = 0  # visits whose connection broke
    wrong: list[str] = field(default_factory=list)  # the starts of the bodies
    stale: int = 0
    second: int = 0  # answers from the second provider

    def add(self, place: int, status: int, body: bytes, seconds: float) -> None:
        """Counts a visit; status 0 means that the connection broke."""
        self.seconds.append(seconds)
        if status == 0:
            self.broken += 1
        elif status != 200:
            self.failed[status] += 1
        elif not self._is_right(place, body):
            self.wrong.append(body[:200].decode(errors="replace"))

    def _is_right(self, place: int, body: bytes) -> bool:
        """Whether the response is complete, of this place, marked if it is stale, and equal to the
        first forecast in every common hour: the simulated weather is deterministic."""
        try:
            response = json.loads(body)
            hours = {hour["valid_at"]: hour["temperature"] for hour in response["hourly"]}
            provenance, location = response["provenance"], response["place"]
            is_first_provider = provenance["provider"] == "open-meteo"
            expected = self.forecasts.setdefault(place, hours)
            common = expected.keys() & hours.keys()
            difference = max(abs(expected[hour] - hours[hour]) for hour in common)
        except (ValueError, LookupError, TypeError):
            return False
        self.stale += provenance["stale"]
        self.second += not is_first_provider
        max_age = 60 * _MAX_AGE[is_first_provider]
        return (
            abs(location["latitude"] - latitude(place)) < 0.01
            and len(common) > 24
            and response["current"]["temperature"] is not None
            and (provenance["stale"] or provenance["age"] <= max_age)
            and difference <= (0 if is_first_provider else _TOLERANCE)
        )

    @property
    def slowest(self) -> float:
        return max(self.seconds)

    def lines(self) -> Iterator[str]:
        """Rows of a Markdown table."""
        durations = sorted(self.seconds)
        p50, p99 = (durations[int(len(durations) * share)] for share in (0.5, 0.99))
        kinds = ", ".join(f"{count} of {status}" for status, count in self.failed.items())
        yield f"| visits | {len(durations):,} |"
        yield f"| wrong answers | {len(self.wrong)} |"
        yield f"| errors | {kinds or 0} |"
        yield f"| answers past their time, and marked | {self.stale:,} |"
        yield f"| answers from the second provider | {self.second:,} |"
        yield f"| p50, p99, slowest, s | {p50:.3f}, {p99:.3f}, {self.slowest:.2f} |"
