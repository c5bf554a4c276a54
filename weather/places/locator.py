"""From a query to a place: a name, coordinates, an address, or the visitor's own.

No place is ever guessed: a visitor whose address no locator knows is a
`VisitorLocationUnknown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import LocationNotFound, VisitorLocationUnknown
from weather.core.ip_address import Address, is_local, is_public
from weather.core.models import Coordinates, LocatedBy, LocatedPlace, LocatorResult, Place
from weather.places.addresses import AddressLookup, IPLocator
from weather.places.airports import airport
from weather.places.gazetteer import Gazetteer, name_point
from weather.places.hosts import HostLookup
from weather.places.names import Geocoder, NameResult, NameSearch
from weather.places.query import (
    AddressQuery,
    CodeQuery,
    CoordinatesQuery,
    HostQuery,
    NameQuery,
    Query,
    VisitorQuery,
)


class PlaceLocator:
    """`locators` are tried for a visitor's address in their order, `servers` for the server's
    own. The `gazetteer` names bare coordinates, knows airports, and finds names while the geocoder
    cannot be reached. `default` is the operator's place for visitors from the server's own
    network. `hosts` finds the addresses of hosts."""

    def __init__(
        self,
        geocoder: Geocoder,
        locators: Sequence[IPLocator],
        cache: Cache,
        *,
        servers: Sequence[IPLocator] = (),
        gazetteer: Gazetteer | None = None,
        default: Query | None = None,
        hosts: HostLookup | None = None,
    ) -> None:
        self._names = NameSearch(geocoder, gazetteer, cache)
        self._addresses = AddressLookup(locators, servers, cache)
        self._gazetteer = gazetteer
        self._default = default
        self._hosts = hosts

    def locate(
        self, query: Query, visitor: Address | None, language: str, deadline: Deadline
    ) -> LocatedPlace:
        """Raises `LocationNotFound`, `VisitorLocationUnknown` or `UpstreamError`."""
        match query:
            case VisitorQuery():
                return self._locate_visitor(visitor, language, deadline)
            case CoordinatesQuery(point):
                return self._locate_point(point)
            case AddressQuery(address):
                return self._locate_address(address, LocatedBy.ADDRESS, deadline)
            case HostQuery(host):
                address = self._address_of(host, deadline)
                return self._locate_address(address, LocatedBy.ADDRESS, deadline)
            case CodeQuery(code):
                return self._locate_code(code, language, deadline)
            case NameQuery():
                return self._names.locate(query, language, deadline)

    def search(self, query: NameQuery, language: str, deadline: Deadline) -> NameResult:
        """All places of a name. Raises `UpstreamError`."""
        return self._names.search(query, language, deadline)

    def country_of(self, visitor: Address | None, *, wait: bool = True) -> str | None:
        """The visitor's country (ISO 3166-1 alpha-2) if it is known without a call. Raises
        `WouldWait` if the store or a file must be read, and the caller does not `wait` for it."""
        result = self._addresses.lookup_without_calls(visitor, wait=wait) if visitor else None
        return result.place.country_code if result else None

    def lookup_local(self, visitor: Address) -> LocatorResult | None:
        """Local lookup, skipped where a remote locator has priority."""
        return self._addresses.lookup_local(visitor)

    def _locate_point(self, point: Coordinates) -> LocatedPlace:
        """The point, by the name of a city of the gazetteer if one is near."""
        if self._gazetteer is None:
            return LocatedPlace(Place(point), LocatedBy.COORDINATES)
        place = name_point(self._gazetteer, point)
        credits = () if place.distance is None else self._gazetteer.place_credits
        return LocatedPlace(place, LocatedBy.COORDINATES, credits=credits)

    def _address_of(self, host: str, deadline: Deadline) -> Address:
        if self._hosts is None:
            raise LocationNotFound("Host names are not looked up here.")
        return self._hosts.address(host, deadline)

    def _locate_code(self, code: str, language: str, deadline: Deadline) -> LocatedPlace:
        """A text written as a name is an airport only if there is no such place: Are is Åre,
        not Arecibo's airport."""
        is_name = code.istitle()
        if not is_name and (located := self._locate_airport(code)):
            return located
        try:
            return self._names.locate(NameQuery(code), language, deadline)
        except LocationNotFound:
            if is_name and (located := self._locate_airport(code)):
                return located
            raise

    def _locate_airport(self, code: str) -> LocatedPlace | None:
        """Of the gazetteer, without a call."""
        place = airport(self._gazetteer, code) if self._gazetteer else None
        if place is None or self._gazetteer is None:
            return None
        source, credits = self._gazetteer.source, self._gazetteer.place_credits
        return LocatedPlace(place, LocatedBy.NAME, source, credits=credits)

    def _locate_visitor(
        self, visitor: Address | None, language: str, deadline: Deadline
    ) -> LocatedPlace:
        if visitor is None:
            raise VisitorLocationUnknown("Your address is unknown. Name a place.")
        if not is_local(visitor):
            return self._locate_address(visitor, LocatedBy.VISITOR, deadline)
        if self._default:
            located = self.locate(self._default, None, language, deadline)
            return replace(located, method=LocatedBy.DEFAULT, alternatives=())
        result = self._addresses.locate_server(deadline)
        if result is None:
            raise VisitorLocationUnknown("The place of this server is unknown. Name a place.")
        return _located(result, LocatedBy.SERVER)

    def _locate_address(
        self, address: Address, method: LocatedBy, deadline: Deadline
    ) -> LocatedPlace:
        if not is_public(address):
            raise VisitorLocationUnknown("That is no public address, so it has no place. Name one.")
        result = self._addresses.locate(address, deadline)
        if result is None:
            raise VisitorLocationUnknown("The place of that address is unknown. Name a place.")
        return _located(result, method)


def _located(result: LocatorResult, method: LocatedBy) -> LocatedPlace:
    return LocatedPlace(result.place, method, result.source, credits=result.credits)
