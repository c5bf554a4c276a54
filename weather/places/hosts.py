"""Host names (`@github.com`): how they are written, and the public address that one has.

A visitor must not learn of the names of the server's own network: those of its domains are not
looked up, others always as of the root, and a host without a public address is the same error as
one that does not exist.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from weather.core import expiry
from weather.core.dataclass import dataclass
from weather.core.deadline import Deadline
from weather.core.errors import CallDeclined, InvalidLocation, LocationNotFound
from weather.core.ip_address import Address, is_public

_LIFETIME = timedelta(minutes=5)
_NEGATIVE_LIFETIME = timedelta(minutes=1)
_MOST = 1000  # results
_LONGEST = 253  # octets of a name (RFC 1035, 2.3.4, without the root)
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Domains without public addresses: RFC 6761, RFC 6762, RFC 7686, RFC 8375, ICANN's "internal", and
# those that routers and networks use.
_PRIVATE_DOMAINS = frozenset(
    "localhost local test invalid example onion arpa alt internal intranet private lan home corp"
    " localdomain domain workgroup mail".split()
)


class HostResolver(Protocol):
    def resolve(self, host: str, deadline: Deadline) -> tuple[Address, ...]:
        """The addresses of a host; empty if there is no such host. Raises `UpstreamError`."""


def canonical(text: str) -> str:
    """A host name in ASCII and lower case, without the dot of the root. Raises
    `InvalidLocation`: also for a name of one part, which only a network of its own knows, and for
    numbers, which are forms of addresses (0x7f.1)."""
    try:
        name = text.removesuffix(".").lower()
        if not name.isascii():
            name = name.encode("idna").decode()
    except UnicodeError:
        name = ""
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise InvalidLocation("After @ comes the name of a host, such as @example.org.")
    return name


@dataclass(frozen=True, slots=True)
class _Result:
    address: Address | None
    expires_at: datetime


class HostLookup:
    """Addresses of hosts, which this process remembers for some minutes. They are in no store:
    they say which hosts visitors are interested in."""

    def __init__(self, resolver: HostResolver, now: Callable[[], datetime]) -> None:
        self._resolver = resolver
        self._now = now
        self._results: OrderedDict[str, _Result] = OrderedDict()
        self._lock = Lock()

    def address(self, host: str, deadline: Deadline) -> Address:
        """The first public address of a canonical name. Raises `LocationNotFound` or
        `UpstreamError`."""
        result = self._remembered(host) or self._resolved(host, deadline)
        if result.address is None:
            raise LocationNotFound("That host has no public address.")
        expiry.record(result.expires_at)
        return result.address

    def _remembered(self, host: str) -> _Result | None:
        with self._lock:
            result = self._results.get(host)
        return result if result and self._now() < result.expires_at else None

    def _resolved(self, host: str, deadline: Deadline) -> _Result:
        address = None
        if host.rpartition(".")[2] not in _PRIVATE_DOMAINS:
            if not deadline.allow_upstream:
                raise CallDeclined("Crawlers get no address of a host.")
            address = _first_public(self._resolver.resolve(host, deadline))
        lifetime = _LIFETIME if address else _NEGATIVE_LIFETIME
        result = _Result(address, self._now() + lifetime)
        with self._lock:
            self._results[host] = result
            self._results.move_to_end(host)
            while len(self._results) > _MOST:
                self._results.popitem(last=False)
        return result


def _first_public(addresses: Iterable[Address]) -> Address | None:
    return next(filter(is_public, addresses), None)
