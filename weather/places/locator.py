"""From what was asked to a place: names, coordinates, addresses and the visitor's own.

No place is ever guessed: what nobody can tell is a `LocationUnknown`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from itertools import takewhile
from typing import Protocol

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.policy import Policy
from weather.core.deadline import Deadline
from weather.core.errors import (
    LocationNotFound,
    UpstreamError,
    UpstreamUnavailable,
    VisitorLocationUnknown,
)
from weather.core.ip_address import Address, is_local, is_public
from weather.core.models import Coordinates, LocatedBy, LocatedPlace, LocatorResult, Place
from weather.places import query as location

log = logging.getLogger(__name__)

_NAMES: Policy[tuple[Place, ...]] = Policy(usable=bool)
_ADDRESSES: Policy[LocatorResult | None] = Policy(usable=bool)
_NAME_LIFETIME = timedelta(days=30)
_ADDRESS_LIFETIME = timedelta(days=1)
_SERVER_LIFETIME = timedelta(hours=1)
_NEGATIVE_LIFETIME = timedelta(minutes=5)
_ALTERNATIVES = 4
_NEAR = 200.0  # km; beyond, a city's name says nothing of a place


class Geocoder(Protocol):
    @property
    def name(self) -> str: ...

    def search(
        self, name: str, within: tuple[str, ...], language: str, deadline: Deadline
    ) -> tuple[Place, ...]: ...


class IPLocator(Protocol):
    """`local` says that no address leaves this server; no address means the server's own."""

    @property
    def name(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def local(self) -> bool: ...

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None: ...


class Gazetteer(Protocol):
    """Cities that are known without asking anybody."""

    @property
    def source(self) -> str: ...

    def search(self, name: str, within: tuple[str, ...]) -> tuple[Place, ...]: ...

    def nearest(self, where: Coordinates) -> tuple[Place, float]: ...


Places = Entry[tuple[Place, ...]]


class PlaceLocator:
    """`locators` are asked for a visitor's address in their order, the first answer wins;
    `servers` likewise for the server's own. The `gazetteer` names bare coordinates, and finds
    names while the geocoder cannot be reached. `default` is the operator's place for visitors
    from the server's own network."""

    def __init__(
        self,
        geocoder: Geocoder,
        locators: Sequence[IPLocator],
        cache: Cache,
        *,
        servers: Sequence[IPLocator] = (),
        gazetteer: Gazetteer | None = None,
        default: location.Query | None = None,
    ) -> None:
        self._geocoder = geocoder
        self._local = tuple(takewhile(lambda each: each.local, locators))
        self._remote = tuple(locators[len(self._local) :])
        self._servers = servers
        self._gazetteer = gazetteer
        self._cache = cache
        self._default = default

    def locate(
        self, query: location.Query, visitor: Address | None, language: str, deadline: Deadline
    ) -> LocatedPlace:
        """Raises `LocationNotFound`, `LocationUnknown` or `UpstreamError`."""
        match query:
            case location.VisitorQuery():
                return self._visitor(visitor, language, deadline)
            case location.CoordinatesQuery(coordinates):
                return LocatedPlace(self._near(coordinates), LocatedBy.COORDINATES)
            case location.AddressQuery(address):
                return self._address(address, LocatedBy.ADDRESS, deadline)
            case location.NameQuery():
                return self._named(query, language, deadline)

    def search(
        self, query: location.NameQuery, language: str, deadline: Deadline
    ) -> tuple[Place, ...]:
        """All places of a name, best first. Raises `UpstreamError`."""
        return self._search(query, language, deadline)[0]

    def _search(
        self, query: location.NameQuery, language: str, deadline: Deadline
    ) -> tuple[tuple[Place, ...], str]:
        """The places and who told them."""
        # A geocoder that hangs must leave time for the forecast of what is known without it.
        patience = deadline.fraction(0.5) if self._gazetteer else deadline
        try:
            return self._asked(query, language, patience), self._geocoder.name
        except UpstreamError:
            # That the gazetteer does not know a name is no proof that there is no such place.
            known = self._gazetteer.search(query.name, query.within) if self._gazetteer else ()
            if self._gazetteer is None or not known:
                raise
            return known, self._gazetteer.source

    def _asked(
        self, query: location.NameQuery, language: str, deadline: Deadline
    ) -> tuple[Place, ...]:
        def fetch(old: Places | None, deadline: Deadline) -> Places:
            found = self._geocoder.search(query.name, query.within, language, deadline)
            return self._cache.new_entry(found, _NAME_LIFETIME if found else _NEGATIVE_LIFETIME)

        key = f"name {language} {query.name.casefold()!r} {query.within!r}"
        return self._cache.get(key, fetch, deadline, _NAMES).value

    def _near(self, coordinates: Coordinates) -> Place:
        """A point, with the name and the time zone of the nearest city if one is near."""
        if self._gazetteer is None:
            return Place(coordinates)
        city, distance = self._gazetteer.nearest(coordinates)
        if distance > _NEAR:
            return Place(coordinates)
        return replace(
            city, coordinates=coordinates, elevation=None, population=None, distance=round(distance)
        )

    def country_of(self, visitor: Address | None) -> str | None:
        """The visitor's country as far as it can be told without asking anybody outside."""
        if visitor is None:
            return None
        told = self.lookup_local(visitor) or self._kept(visitor)
        return told.place.country_code if told else None

    def lookup_local(self, visitor: Address) -> LocatorResult | None:
        """What is known on this machine of an address, unless somebody outside comes first.
        A look-up takes microseconds, so nothing of it is kept."""
        return _first(self._local, visitor)

    def _kept(self, visitor: Address) -> LocatorResult | None:
        """What somebody outside has told of it lately; else what is known here all the same."""
        known: Entry[LocatorResult | None] | None = None
        if is_local(visitor):
            known = self._cache.fresh(_SERVER_KEY)
        elif self._remote:
            known = self._cache.fresh(_address_key(visitor))
        return known.value if known else _first(self._remote, visitor)

    def _visitor(self, visitor: Address | None, language: str, deadline: Deadline) -> LocatedPlace:
        if visitor is None:
            raise VisitorLocationUnknown("Your address cannot be told. Name a place.")
        if not is_local(visitor):
            return self._address(visitor, LocatedBy.VISITOR, deadline)
        if self._default:
            found = self.locate(self._default, None, language, deadline)
            return LocatedPlace(found.place, LocatedBy.DEFAULT, found.source)
        told = self._told(_SERVER_KEY, None, _SERVER_LIFETIME, deadline)
        if told is None:
            raise VisitorLocationUnknown("Nobody knows where this server is. Name a place.")
        return LocatedPlace(told.place, LocatedBy.SERVER, told.source)

    def _address(self, address: Address, method: LocatedBy, deadline: Deadline) -> LocatedPlace:
        if not is_public(address):
            raise VisitorLocationUnknown("That is no public address, so it has no place. Name one.")
        told = self.lookup_local(address)
        if told is None and self._remote:
            told = self._told(_address_key(address), address, _ADDRESS_LIFETIME, deadline)
        if told is None:
            raise VisitorLocationUnknown("Nobody knows where that address is. Name a place.")
        return LocatedPlace(told.place, method, told.source)

    def _told(
        self, key: str, address: Address | None, lifetime: timedelta, deadline: Deadline
    ) -> LocatorResult | None:
        def fetch(
            old: Entry[LocatorResult | None] | None, deadline: Deadline
        ) -> Entry[LocatorResult | None]:
            told = self._ask(address, deadline)
            return self._cache.new_entry(told, lifetime if told else _NEGATIVE_LIFETIME)

        return self._cache.get(key, fetch, deadline, _ADDRESSES).value

    def _ask(self, address: Address | None, deadline: Deadline) -> LocatorResult | None:
        failed = False
        for locator in self._remote if address else self._servers:
            try:
                place = locator.locate(address, deadline.fraction(1, most=2))
            except UpstreamError:
                failed = True
                continue
            if place:
                return LocatorResult(place, locator.source)
        if failed:
            # An outage is no proof that nobody knows.
            raise UpstreamUnavailable(
                "The services that tell where an address is cannot be reached. Name a place."
            )
        return None

    def _named(self, query: location.NameQuery, language: str, deadline: Deadline) -> LocatedPlace:
        found, source = self._search(query, language, deadline)
        if not found:
            raise LocationNotFound(f"No place called “{query}” is known.")
        best, *others = found
        namesakes = [place for place in others if place.name == best.name]
        return LocatedPlace(
            best, LocatedBy.NAME, source, _distinct(best, namesakes)[:_ALTERNATIVES]
        )


_SERVER_KEY = "address of the server"


def _first(locators: Iterable[IPLocator], address: Address) -> LocatorResult | None:
    """What the first of those that are on this machine knows of an address."""
    if not is_public(address):
        return None
    for locator in locators:
        if locator.local and (place := locator.locate(address, Deadline(0))):
            return LocatorResult(place, locator.source)
    return None


def _address_key(address: Address) -> str:
    """Neighbours share an answer: databases know networks, not addresses."""
    prefix = 24 if address.version == 4 else 48
    return f"address {ip_network((address, prefix), strict=False)}"


def _distinct(best: Place, others: list[Place]) -> tuple[Place, ...]:
    """Runners-up that a label tells apart."""
    by_label = {place.label: place for place in reversed(others)}
    by_label.pop(best.label, None)
    return tuple(place for place in others if by_label.get(place.label) is place)
