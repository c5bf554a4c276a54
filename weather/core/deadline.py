"""How long an answer may still take, and whether anybody outside may be asked for it."""

from __future__ import annotations

import time


class Deadline:
    """A moment, `seconds` from now, by which there must be an answer. Without `calls` it must
    come from what is known here: so for crawlers, who would spend our calls."""

    def __init__(self, seconds: float, *, allow_upstream: bool = True) -> None:
        self._at = time.monotonic() + seconds
        self.allow_upstream = allow_upstream

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(self._at - time.monotonic(), 0.0)

    def fraction(self, share: float, most: float = float("inf")) -> Deadline:
        """An earlier deadline: a share of what is left, and no more than `most` seconds."""
        return Deadline(min(self.remaining() * share, most), allow_upstream=self.allow_upstream)
