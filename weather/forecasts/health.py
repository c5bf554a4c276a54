"""Whether each provider's last call succeeded, as all workers see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.freshness import RETENTION

# A balancer that sends no requests while the service is not ready would never see a recovery.
_FAILURE_LIFETIME = timedelta(minutes=1)


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
        lifetime = RETENTION if healthy else _FAILURE_LIFETIME
        # An expired failure stays in the store, so that no worker returns to an older success.
        self._cache.put(_key(provider), Entry(healthy, now, now + lifetime), RETENTION)

    def get(self, provider: str) -> Health:
        entry = self._cache.latest(_key(provider))
        return Health(provider, entry.value if entry and isinstance(entry.value, bool) else None)


def _key(provider: str) -> str:
    return f"health {provider}"
