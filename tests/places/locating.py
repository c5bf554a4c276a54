"""A place locator with the real adapters, in front of the simulated services."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address

from simulator import Upstreams
from tests.conftest import Clock
from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.ip_address import Address
from weather.core.models import Credit, LocatedPlace, Place
from weather.places.addresses import IPLocator
from weather.places.gazetteer import Gazetteer
from weather.places.hosts import HostLookup
from weather.places.locator import PlaceLocator
from weather.places.query import Query
from weather.providers.geojs import GeoJS
from weather.providers.ipwhois import IPWhois
from weather.providers.open_meteo_geocoding import OpenMeteoGeocoder
from weather.stores.base import Store
from weather.stores.memory import Memory
from weather.upstream.client import Upstream

LONDON = ip_address("81.2.69.160")
NEIGHBOUR = ip_address("81.2.69.161")
HOME = ip_address("192.168.1.20")
CREDIT = Credit("Addresses by Example", "https://addresses.example/", "CC BY 4.0")


class Table:
    """A database on this machine that has one place for all addresses."""

    name, source, local, in_memory = "table", "A table", True, True
    credits = (CREDIT,)

    def __init__(self, place: Place | None) -> None:
        self.place = place
        self.looked_up: list[Address | None] = []

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None:
        self.looked_up.append(address)
        return self.place if address else None


def make_locator(
    upstreams: Upstreams,
    clock: Clock,
    tables: Sequence[IPLocator] = (),
    *,
    remote_first: bool = False,
    gazetteer: Gazetteer | None = None,
    default: Query | None = None,
    store: Store | None = None,
    hosts: HostLookup | None = None,
) -> PlaceLocator:
    upstream = Upstream("tests")
    services = IPWhois(upstream, upstreams.url("ipwhois")), GeoJS(upstream, upstreams.url("geojs"))
    return PlaceLocator(
        OpenMeteoGeocoder(upstream, upstreams.url("geocoding")),
        [*services, *tables] if remote_first else [*tables, *services],
        Cache(store or Memory(), clock),
        servers=services,
        gazetteer=gazetteer,
        default=default,
        hosts=hosts,
    )


def locate(locator: PlaceLocator, query: Query, visitor: Address | None = None) -> LocatedPlace:
    return locator.locate(query, visitor, "en", Deadline(5))
