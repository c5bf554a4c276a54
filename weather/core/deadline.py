"""How much time is left for a response, and whether upstream calls may be made for it."""

from __future__ import annotations

import time


class Deadline:
    """A moment, `seconds` from now. Without `allow_upstream` the response is made from the cache
    and the local tables: crawlers would use up the providers' quotas."""

    def __init__(self, seconds: float, *, allow_upstream: bool = True) -> None:
        self._at = time.monotonic() + seconds
        self.allow_upstream = allow_upstream

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(self._at - time.monotonic(), 0.0)

    def fraction(self, share: float, most: float = float("inf")) -> Deadline:
        """An earlier deadline: a share of the time left, and at most `most` seconds."""
        return Deadline(min(self.remaining() * share, most), allow_upstream=self.allow_upstream)
