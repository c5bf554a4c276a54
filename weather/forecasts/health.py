"""Whether each provider's last call succeeded, as all workers see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.freshness import RETENTION
from weather.core.dataclass import dataclass

# A balancer that sends no requests while the service is not ready would never see a recovery.
_FAILURE_LIFETIME = timedelta(minutes=1)
_REWRITTEN_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a provider's last call succeeded; None if there was none, or if it failed more
    than a minute ago."""

    provider: str
    healthy: bool | None


class ProviderHealth:
    """The last result of each provider, shared through the cache's store."""

    def __init__(self, cache: Cache, now: Callable[[], datetime]) -> None:
        self._cache = cache
        self._now = now

    def record(self, provider: str, *, healthy: bool) -> None:
        now = self._now()
        if healthy and self._is_recorded(provider, now):
            return
        lifetime = RETENTION if healthy else _FAILURE_LIFETIME
        # An expired failure stays in the store, so that no worker returns to an older success.
        self._cache.put(_key(provider), Entry(healthy, now, now + lifetime), RETENTION)

    def _is_recorded(self, provider: str, now: datetime) -> bool:
        """Whether the last call succeeded, too, a short while ago: a place that is requested for
        the first time needs no write of its own for it."""
        last = self._cache.latest(_key(provider))
        return bool(last and last.value is True and now - last.fetched_at < _REWRITTEN_AFTER)

    def get(self, provider: str) -> Health:
        entry = self._cache.latest(_key(provider))
        return Health(provider, entry.value if entry and isinstance(entry.value, bool) else None)


def _key(provider: str) -> str:
    return f"health {provider}"
