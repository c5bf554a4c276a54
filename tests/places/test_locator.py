"""From what was asked to a place, with the real adapters on real sockets."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from tests.conftest import Clock, until
from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import LocationNotFound, UpstreamUnavailable, VisitorLocationUnknown
from weather.core.ip_address import Address
from weather.core.models import Coordinates, Credit, LocatedBy, LocatedPlace, Place
from weather.places import query as location
from weather.places.addresses import IPLocator
from weather.places.gazetteer import Gazetteer
from weather.places.locator import PlaceLocator
from weather.places.query import AddressQuery, NameQuery, VisitorQuery
from weather.providers.geojs import GeoJS
from weather.providers.ipwhois import IPWhois
from weather.providers.open_meteo_geocoding import OpenMeteoGeocoder
from weather.stores.base import Store
from weather.stores.folder import Folder
from weather.stores.memory import Memory
from weather.upstream.client import Upstream

LONDON = ip_address("81.2.69.160")
NEIGHBOUR = ip_address("81.2.69.161")
HOME = ip_address("192.168.1.20")
CREDIT = Credit("Addresses by Example", "https://addresses.example/", "CC BY 4.0")


class Table:
    """A database on this machine that knows one country."""

    name, source, local = "table", "A table", True
    credits = (CREDIT,)

    def __init__(self, place: Place | None) -> None:
        self.place = place

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None:
        return self.place if address else None


@pytest.fixture
def whereabouts(upstreams: Upstreams, clock: Clock) -> PlaceLocator:
    return make(upstreams, clock)


def make(
    upstreams: Upstreams,
    clock: Clock,
    tables: Sequence[IPLocator] = (),
    *,
    gazetteer: Gazetteer | None = None,
    default: location.Query | None = None,
    store: Store | None = None,
) -> PlaceLocator:
    upstream = Upstream("tests")
    services = IPWhois(upstream, upstreams.url("ipwhois")), GeoJS(upstream, upstreams.url("geojs"))
    geocoder = OpenMeteoGeocoder(upstream, upstreams.url("geocoding"))
    cache = Cache(store or Memory(), clock)
    return PlaceLocator(
        geocoder,
        [*tables, *services],
        cache,
        servers=services,
        gazetteer=gazetteer,
        default=default,
    )


def locate(
    whereabouts: PlaceLocator, query: location.Query, visitor: Address | None = None
) -> LocatedPlace:
    return whereabouts.locate(query, visitor, "en", Deadline(5))


def test_a_visitor(whereabouts: PlaceLocator, upstreams: Upstreams) -> None:
    found = locate(whereabouts, VisitorQuery(), LONDON)
    assert (found.place.name, found.method, found.source) == (
        "London",
        LocatedBy.VISITOR,
        "ipwho.is",
    )
    locate(whereabouts, VisitorQuery(), NEIGHBOUR)
    assert len(upstreams.calls()) == 1, "neighbours share an answer"


def test_the_second_service_answers_where_the_first_cannot(
    whereabouts: PlaceLocator, upstreams: Upstreams
) -> None:
    upstreams.fail("ipwhois", faults.status(500))
    assert locate(whereabouts, VisitorQuery(), LONDON).source == "GeoJS (GeoLite2 data by MaxMind)"


def test_a_table_of_ours_comes_first_and_keeps_addresses_here(
    upstreams: Upstreams, clock: Clock
) -> None:
    place = Place(Coordinates(1, 2), "Tableton", country_code="XX")
    found = locate(make(upstreams, clock, [Table(place)]), VisitorQuery(), LONDON)
    assert (found.place, found.source, found.credits) == (place, "A table", (CREDIT,))
    assert upstreams.calls() == []


def test_what_a_table_of_ours_tells_takes_no_room_in_the_store(
    upstreams: Upstreams, clock: Clock, tmp_path: Path
) -> None:
    """Else a day's visitors would push out the forecasts that an outage is survived with."""
    table = Table(Place(Coordinates(1, 2), "Tableton", country_code="XX"))
    whereabouts = make(upstreams, clock, [table], store=Folder(tmp_path, 100, 1_000_000))
    locate(whereabouts, VisitorQuery(), LONDON)
    assert whereabouts.country_of(LONDON) == "XX"
    assert [each.name for each in tmp_path.iterdir() if each.name != "locks"] == []


def test_somebody_on_the_servers_network_is_where_the_server_is(
    whereabouts: PlaceLocator, upstreams: Upstreams, clock: Clock
) -> None:
    for visitor in (HOME, ip_address("127.0.0.1"), ip_address("fd00::1")):
        found = locate(whereabouts, VisitorQuery(), visitor)
        assert (found.place.name, found.method) == ("Zurich", LocatedBy.SERVER)
    assert len(upstreams.calls()) == 1
    clock.advance(minutes=59)
    locate(whereabouts, VisitorQuery(), HOME)
    assert len(upstreams.calls()) == 1, "once an hour at most"
    clock.advance(minutes=1)
    locate(whereabouts, VisitorQuery(), HOME)
    until(lambda: len(upstreams.calls()) == 2)


def test_the_operators_default(upstreams: Upstreams, clock: Clock) -> None:
    with_default = make(upstreams, clock, default=location.parse("Paris, Texas"))
    found = locate(with_default, VisitorQuery(), HOME)
    assert (found.place.region, found.method) == ("Texas", LocatedBy.DEFAULT)
    assert locate(with_default, VisitorQuery(), LONDON).method is LocatedBy.VISITOR


@pytest.mark.parametrize("address", ["100.64.1.1", "203.0.113.9", "224.0.0.1", "0.0.0.0"])
def test_addresses_without_a_place(
    whereabouts: PlaceLocator, upstreams: Upstreams, address: str
) -> None:
    with pytest.raises(VisitorLocationUnknown):
        locate(whereabouts, VisitorQuery(), ip_address(address))
    with pytest.raises(VisitorLocationUnknown):
        locate(whereabouts, AddressQuery(ip_address("10.0.0.1")), LONDON)
    assert upstreams.calls() == [], "only public addresses are looked up"


def test_no_address_at_all(whereabouts: PlaceLocator) -> None:
    with pytest.raises(VisitorLocationUnknown):
        locate(whereabouts, VisitorQuery(), None)


def test_an_outage_of_all_services_is_told_as_one(
    whereabouts: PlaceLocator, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.down())
    with pytest.raises(UpstreamUnavailable):
        locate(whereabouts, VisitorQuery(), LONDON)
    upstreams.heal()
    assert locate(whereabouts, VisitorQuery(), LONDON).place.name == "London"


def test_an_address_that_nobody_knows_is_not_asked_about_again_at_once(
    whereabouts: PlaceLocator, upstreams: Upstreams, clock: Clock
) -> None:
    upstreams.fail("*", faults.text('{"success":false,"message":"Reserved range","ip":"x"}'))
    upstreams.fail("geojs", faults.status(404))
    for _ in range(2):
        with pytest.raises(VisitorLocationUnknown):
            locate(whereabouts, VisitorQuery(), LONDON)
    assert len(upstreams.calls()) == 2
    clock.advance(minutes=5)
    with pytest.raises(VisitorLocationUnknown):
        locate(whereabouts, VisitorQuery(), LONDON)
    assert len(upstreams.calls()) == 4


def test_names_and_their_runners_up(whereabouts: PlaceLocator) -> None:
    found = locate(whereabouts, NameQuery("Paris"))
    assert (found.place.country_code, found.method) == ("FR", LocatedBy.NAME)
    labels = [place.label for place in found.alternatives]
    assert "Paris, Texas, US" in labels
    assert len(set(labels)) == len(labels) <= 4


def test_names_are_asked_for_once(whereabouts: PlaceLocator, upstreams: Upstreams) -> None:
    for name in ("Paris", "paris", "PARIS"):
        locate(whereabouts, NameQuery(name))
    assert len(upstreams.calls()) == 1


def test_no_such_place_and_no_service_are_two_things(
    whereabouts: PlaceLocator, upstreams: Upstreams
) -> None:
    with pytest.raises(LocationNotFound, match="Xyzzy"):
        locate(whereabouts, NameQuery("Xyzzy"))
    upstreams.fail("*", faults.overloaded())
    with pytest.raises(UpstreamUnavailable):
        locate(whereabouts, NameQuery("Plugh"))


def test_the_country_of_a_visitor_is_told_without_asking_anybody(
    whereabouts: PlaceLocator, upstreams: Upstreams, clock: Clock
) -> None:
    assert whereabouts.country_of(LONDON) is None
    assert whereabouts.country_of(HOME) is None
    assert upstreams.calls() == []
    locate(whereabouts, VisitorQuery(), LONDON)
    locate(whereabouts, VisitorQuery(), HOME)
    assert (whereabouts.country_of(LONDON), whereabouts.country_of(HOME)) == ("GB", "CH")
    american = Place(Coordinates(1, 2), "Tableton", country_code="US")
    assert make(upstreams, clock, [Table(american)]).country_of(LONDON) == "US"
    assert whereabouts.country_of(None) is None
    assert whereabouts.country_of(ip_address("100.64.1.1")) is None
