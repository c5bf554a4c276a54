"""How many connections a worker has, and how many each client has of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from ipaddress import IPv4Address
from typing import Any

from weather.core.dataclass import dataclass
from weather.core.ip_address import parse_address


def _is_proxy(_peer: str) -> bool:
    return False


def _nothing(_value: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Of each worker process."""

    per_address: int = 0  # 0: no limit
    send_timeout: float = 30.0  # seconds in which a client must receive a response
    # Whether an address is that of a proxy, which has many clients.
    is_proxy: Callable[[str], bool] = _is_proxy
    # The worker closes a connection whose client waits, or could be waiting, for it. The reason:
    # connections (too many), buffers (too many bytes), request_timeout or send_timeout.
    on_close: Callable[[str], None] = _nothing
    # It refuses a request that the application never sees, with this status.
    on_refusal: Callable[[int], None] = _nothing


class ConnectionCounts:
    """The connections of each client whose number is limited: by IPv4 address, and by the first
    64 bits of an IPv6 address, of which each client has 2^64 at least."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._counts: Counter[bytes] = Counter()

    def network(self, peer: Any) -> bytes | None:
        """The network of a socket's peer. None if it is not limited: this machine, a trusted
        proxy, or a socket without addresses."""
        if not self._limits.per_address or not isinstance(peer, tuple):
            return None
        address = parse_address(peer[0])
        if address is None or address.is_loopback or self._limits.is_proxy(peer[0]):
            return None
        return address.packed if isinstance(address, IPv4Address) else address.packed[:8]

    def add(self, network: bytes) -> None:
        self._counts[network] += 1

    def remove(self, network: bytes) -> None:
        self._counts[network] -= 1
        if not self._counts[network]:
            del self._counts[network]

    def is_full(self, network: bytes) -> bool:
        return self._counts[network] >= self._limits.per_address

    def __len__(self) -> int:
        return len(self._counts)
