"""How much time is left for a response, and which upstream calls may be made for it."""

from __future__ import annotations

import time

from weather.core.payer import Payer, Purpose


class Deadline:
    """A moment, `seconds` from now. Without `allow_upstream` the response is made from the cache
    and the local tables: crawlers would use up the providers' quotas. Calls are counted against
    the allowance of the `payer`; None has no allowance and no limit but the provider's own."""

    def __init__(
        self, seconds: float, *, allow_upstream: bool = True, payer: Payer | None = None
    ) -> None:
        self._at = time.monotonic() + seconds
        self.allow_upstream = allow_upstream
        self.payer = payer

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(self._at - time.monotonic(), 0.0)

    def fraction(self, share: float, most: float = float("inf")) -> Deadline:
        """An earlier deadline: a share of the time left, and at most `most` seconds."""
        return Deadline(
            min(self.remaining() * share, most),
            allow_upstream=self.allow_upstream,
            payer=self.payer,
        )

    def for_own_place(self) -> Deadline:
        """The same deadline, for the place where the visitor is."""
        return self._paid_for(self.remaining(), Purpose.OWN_PLACE)

    def for_refresh(self, seconds: float) -> Deadline:
        """A deadline of its own for a refresh that no response waits for."""
        return self._paid_for(seconds, Purpose.REFRESH)

    def _paid_for(self, seconds: float, purpose: Purpose) -> Deadline:
        payer = self.payer.paying_for(purpose) if self.payer else None
        return Deadline(seconds, allow_upstream=self.allow_upstream, payer=payer)
