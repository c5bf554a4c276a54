"""IP geolocation: local tables, and services outside for addresses that these do not know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from ipaddress import ip_network
from itertools import takewhile
from typing import Protocol

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.policy import Policy
from weather.core.deadline import Deadline
from weather.core.errors import CallDeclined, UpstreamError, UpstreamUnavailable, WouldWait
from weather.core.ip_address import Address, is_local, is_public
from weather.core.models import Credit, LocatorResult, Place

_LIFETIME = timedelta(days=1)
_SERVER_LIFETIME = timedelta(hours=1)
_NEGATIVE_LIFETIME = timedelta(minutes=5)
_SHARE_OF_DEADLINE = 0.4  # of a call, so that a silent locator leaves time for another one
_SERVER_KEY = "address of the server"

Result = LocatorResult | None


class IPLocator(Protocol):
    """`local` means that no address leaves this server, `in_memory` that a look-up reads no file
    and waits for nothing either; no address means the server's own."""

    @property
    def name(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def credits(self) -> tuple[Credit, ...]: ...
    @property
    def local(self) -> bool: ...
    @property
    def in_memory(self) -> bool: ...

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None: ...


class AddressLookup:
    """The first of the `locators` that knows a visitor's address wins; the first of the
    `servers` for the server's own."""

    def __init__(
        self, locators: Sequence[IPLocator], servers: Sequence[IPLocator], cache: Cache
    ) -> None:
        self._local = tuple(takewhile(lambda locator: locator.local, locators))
        self._remote = tuple(locators[len(self._local) :])
        self._all_local = [locator for locator in locators if locator.local]
        self._servers = servers
        self._cache = cache
        self._policy: Policy[Result] = Policy(usable=bool)

    def locate(self, address: Address, deadline: Deadline) -> Result:
        """None if no locator knows a public address. Raises `UpstreamUnavailable`."""
        result = self.lookup_local(address)
        if result is None and self._remote:
            result = self._fetch(_address_key(address), address, _LIFETIME, deadline)
        return result

    def locate_server(self, deadline: Deadline) -> Result:
        """None if no locator knows the server's address. Raises `UpstreamUnavailable`."""
        return self._fetch(_SERVER_KEY, None, _SERVER_LIFETIME, deadline)

    def lookup_local(self, address: Address) -> Result:
        """Local lookup, without the local locators behind a remote one. It takes microseconds, or
        in a large file fractions of a millisecond, so no result of it is stored."""
        return _first_local(self._local, address)

    def lookup_without_calls(self, address: Address, *, wait: bool = True) -> Result:
        """The local result, else a fresh one of the remote locators, else that of the local
        ones behind them. Of an address of the own network, that of the server. Raises `WouldWait`
        if the store or a file must be read, and the caller does not `wait` for it."""
        if is_local(address):
            entry: Entry[Result] | None = self._cache.fresh(_SERVER_KEY, wait=wait)
            return entry.value if entry else None
        if not wait and not all(locator.in_memory for locator in self._all_local):
            raise WouldWait
        return self.lookup_local(address) or self._cached(address, wait=wait)

    def _cached(self, address: Address, *, wait: bool) -> Result:
        if not self._remote:
            return None
        entry: Entry[Result] | None = self._cache.fresh(_address_key(address), wait=wait)
        return entry.value if entry else _first_local(self._remote, address)

    def _fetch(
        self, key: str, address: Address | None, lifetime: timedelta, deadline: Deadline
    ) -> Result:
        def fetch(expired: Entry[Result] | None, deadline: Deadline) -> Entry[Result]:
            result = self._call(address, deadline)
            return self._cache.new_entry(result, lifetime if result else _NEGATIVE_LIFETIME)

        return self._cache.get(key, fetch, deadline, self._policy).value

    def _call(self, address: Address | None, deadline: Deadline) -> Result:
        failure: UpstreamError | None = None
        for locator in self._remote if address else self._servers:
            try:
                result = _locate(locator, address, deadline.fraction(_SHARE_OF_DEADLINE))
            except UpstreamError as error:
                failure = error
                continue
            if result:
                return result
        if isinstance(failure, CallDeclined):
            raise failure
        if failure:
            # Not None, which would be stored as an address that no service knows.
            raise UpstreamUnavailable(
                "The services that locate addresses cannot be reached. Name a place."
            )
        return None


def _first_local(locators: Iterable[IPLocator], address: Address) -> Result:
    """The result of the first local locator that knows a public address."""
    if not is_public(address):
        return None
    local = (locator for locator in locators if locator.local)
    results = (_locate(locator, address, Deadline(0)) for locator in local)
    return next(filter(None, results), None)


def _locate(locator: IPLocator, address: Address | None, deadline: Deadline) -> Result:
    place = locator.locate(address, deadline)
    return LocatorResult(place, locator.source, locator.credits) if place else None


def _address_key(address: Address) -> str:
    """That of its network: databases know networks, not addresses."""
    prefix = 24 if address.version == 4 else 48
    return f"address {ip_network((address, prefix), strict=False)}"
