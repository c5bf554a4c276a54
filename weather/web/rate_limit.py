"""The rate limit of each client."""

from __future__ import annotations

import mmap
import time
from collections.abc import Callable
from ipaddress import IPv4Address

from weather.core.dataclass import dataclass
from weather.core.ip_address import Address
from weather.web.shared_requests import Count, SharedRequests

_WINDOW = 60  # seconds
_SLOTS = 1 << 16  # in each row
_ROWS = (b"\0", b"\1")
_COUNT_BITS = 24
# What a client uses of its quota at one replica before the replicas exchange its count.
_SHARED_PART = 1 / 8


@dataclass(frozen=True, slots=True)
class Allowance:
    """The requests that a client has `used` of its `quota` in this minute, which ends in `reset`
    seconds. The present one counts as several `requests`, if it is for several places."""

    quota: int
    used: int
    reset: int
    requests: int = 1

    @property
    def exceeded(self) -> bool:
        return self.used > self.quota or self.is_impossible

    @property
    def is_impossible(self) -> bool:
        """Whether no minute has room for the request."""
        return self.requests > self.quota

    def headers(self) -> list[tuple[str, str]]:
        """As draft-ietf-httpapi-ratelimit-headers has them."""
        remaining = max(self.quota - self.used, 0)
        return [
            ("RateLimit-Policy", f'"minute";q={self.quota};w={_WINDOW}'),
            ("RateLimit", f'"minute";r={remaining};t={self.reset}'),
        ]


class RateLimit:
    """`quota` requests in each minute of the clock; 0 is no limit.

    A count-min sketch in memory that the worker processes share, so it must be made before the
    fork. Its size is fixed, it holds no address, and counting takes no lock. Clients that share a
    slot are counted together; each has a slot in two rows, and the smaller count is used. Replicas
    on several machines exchange their counts of busy clients (`shared_requests.py`).
    """

    def __init__(
        self,
        quota: int,
        clock: Callable[[], float] = time.time,
        count: Count | None = None,
    ) -> None:
        """`count` is that of a store which replicas on several machines share, if there are any."""
        self._quota = quota
        threshold = int(quota * _SHARED_PART)
        self._shared = SharedRequests(count, threshold, clock) if count and quota else None
        self._clock = clock
        memory = mmap.mmap(-1, 8 * _SLOTS * len(_ROWS))  # shared and zero
        self._slots = memoryview(memory).cast("Q")  # each holds a minute and its count

    def take(self, client: Address | None, requests: int = 1) -> Allowance | None:
        """Counts a request as several `requests`, and one that no minute has room for as one.
        None for clients that are not limited: this machine, and those without an address."""
        if not self._quota or client is None or client.is_loopback:
            return None
        minute, past = divmod(int(self._clock()), _WINDOW)
        name = _network(client)
        counted = requests if requests <= self._quota else 1
        count = min(
            self._counted(row * _SLOTS + hash(salt + name) % _SLOTS, minute, counted)
            for row, salt in enumerate(_ROWS)
        )
        if self._shared:
            count = self._shared.add(name, minute, counted, count)
        return Allowance(self._quota, count, _WINDOW - past, requests)

    def _counted(self, slot: int, minute: int, requests: int) -> int:
        then, count = divmod(self._slots[slot], 1 << _COUNT_BITS)
        count = min(count + requests, (1 << _COUNT_BITS) - 1) if then == minute else requests
        self._slots[slot] = minute << _COUNT_BITS | count
        return count


def _network(client: Address) -> bytes:
    """An IPv6 client has a network of 2^64 addresses at least."""
    return client.packed if isinstance(client, IPv4Address) else client.packed[:8]
