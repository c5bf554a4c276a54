"""How long an answer may still take."""

from __future__ import annotations

import time


class Deadline:
    """A moment, `seconds` from now, by which there must be an answer."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(self._at - time.monotonic(), 0.0)

    def part(self, share: float, most: float = float("inf")) -> Deadline:
        """An earlier deadline: a share of what is left, and no more than `most` seconds."""
        return Deadline(min(self.remaining() * share, most))
