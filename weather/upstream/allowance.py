"""The share of an account's calls that one client, and its network, may cause.

Without it, one client that requests random coordinates spends the calls of all visitors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address
from math import ceil

from weather.core.dataclass import dataclass
from weather.core.errors import AllowanceSpent
from weather.core.ip_address import Address
from weather.core.payer import Payer
from weather.stores.fault_tolerant import FaultTolerant
from weather.upstream.call_counter import Admits, CallCounter
from weather.upstream.limit import Limit, per_minute_hour_day

# Of a provider that declares no limits: no one client shall fill its operator's logs.
UNDECLARED = per_minute_hour_day((600, 5000, 10000))

_NETWORK_SHARES = 2  # a network may cause as much as so many of its addresses
# Clients are counted in slots by a hash, so that the store's keys tell no address: of IPv4, some
# 4,000 addresses share a slot. Of a thousand active clients one in a thousand shares one.
_SLOT_BITS = 20
_MOST_SPENT = 1024  # clients that this process remembers


@dataclass(frozen=True, slots=True)
class _Group:
    """Clients that are counted together, and their share of the calls."""

    name: str
    share: float


class Allowances:
    """Of all clients of one account. `share` is that of an address, from 0 to 1."""

    def __init__(
        self, key: str, limits: Sequence[Limit], store: FaultTolerant, share: float
    ) -> None:
        self._key = key
        self._limits = limits if share < 1 else ()
        self._store = store
        self._share = share
        self._spent: dict[str, float] = {}  # until when, by group

    def check(self, payer: Payer, now: float) -> None:
        """Raises `AllowanceSpent` if this process knows so already, which costs no call of the
        store."""
        for group in self._groups(payer):
            until = self._spent.get(group.name, 0.0)
            # No window is longer than the longest, unless the clock was set back.
            if 0 < until - now <= max(limit.seconds for limit in self._limits):
                raise _spent(payer, until - now)

    def charge(self, payer: Payer, weight: float, now: float) -> None:
        """Count a call, which is the last one if it exceeds a share. Raises `AllowanceSpent`."""
        counted: list[CallCounter] = []
        for group in self._groups(payer):
            counter = self._counter(group)
            limit = counter.add(weight, now, _admits(group.share, weight))
            if limit:
                for other in counted:
                    other.correct(-weight, now)
                seconds = limit.seconds - now % limit.seconds
                self._remember(group, now + seconds)
                raise _spent(payer, seconds)
            counted.append(counter)

    def correct(self, payer: Payer, amount: float, now: float) -> None:
        """Add to what a client and its network have caused."""
        for group in self._groups(payer):
            self._counter(group).correct(amount, now)

    def _groups(self, payer: Payer) -> Iterator[_Group]:
        """The network first: those of IPv6 have many addresses to be counted."""
        if self._limits:
            address, network = _prefixes(payer.address)
            yield _Group(f"network {_slot(network)}", min(self._share * _NETWORK_SHARES, 1.0))
            yield _Group(f"address {_slot(address)}", self._share)

    def _counter(self, group: _Group) -> CallCounter:
        return CallCounter(f"caused {self._key} {group.name}", self._limits, self._store)

    def _remember(self, group: _Group, until: float) -> None:
        if len(self._spent) >= _MOST_SPENT:
            self._spent.clear()
        self._spent[group.name] = until


def _admits(share: float, weight: float) -> Admits:
    def admits(limit: Limit, count: float) -> bool:
        """By what was counted before, so that a small share grants one call at least."""
        return count - weight < limit.calls * share

    return admits


def _prefixes(address: Address) -> tuple[bytes, bytes]:
    """An address and its network: IPv4 and its /24, of IPv6 the /64 and the /48, which are what
    one host and one site have (RFC 6177)."""
    packed = address.packed
    if isinstance(address, IPv4Address):
        return packed, packed[:3]
    return packed[:8], packed[:6]


def _slot(prefix: bytes) -> int:
    digest = hashlib.blake2b(prefix, digest_size=4).digest()
    return int.from_bytes(digest) >> (32 - _SLOT_BITS)


def _spent(payer: Payer, seconds: float) -> AllowanceSpent:
    payer.declined = True
    return AllowanceSpent(
        "Too many new places were requested from your network. Those that others look at, and "
        "the one where you are, are still served.",
        ceil(seconds),
    )
