"""IP geolocation, on this machine and outside."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from tests.conftest import Clock, until
from tests.places.locating import CREDIT, HOME, LONDON, NEIGHBOUR, Table, locate, make_locator
from weather.core.errors import UpstreamUnavailable, VisitorLocationUnknown, WouldWait
from weather.core.models import Coordinates, LocatedBy, Place
from weather.places.locator import PlaceLocator
from weather.places.query import AddressQuery, VisitorQuery
from weather.stores.folder import Folder


def test_a_visitor_is_located_by_the_first_service(
    locator: PlaceLocator, upstreams: Upstreams
) -> None:
    located = locate(locator, VisitorQuery(), LONDON)
    assert (located.place.name, located.method, located.source) == (
        "London",
        LocatedBy.VISITOR,
        "ipwho.is",
    )
    locate(locator, VisitorQuery(), NEIGHBOUR)
    assert len(upstreams.calls()) == 1, "the addresses of a network share an entry"


def test_the_second_service_answers_where_the_first_fails(
    locator: PlaceLocator, upstreams: Upstreams
) -> None:
    upstreams.fail("ipwhois", faults.status(500))
    assert locate(locator, VisitorQuery(), LONDON).source == "GeoJS (GeoLite2 data by MaxMind)"


def test_a_local_table_comes_first_and_no_address_leaves_the_server(
    upstreams: Upstreams, clock: Clock
) -> None:
    place = Place(Coordinates(1, 2), "Tableton", country_code="XX")
    located = locate(make_locator(upstreams, clock, [Table(place)]), VisitorQuery(), LONDON)
    assert (located.place, located.source) == (place, "A table")
    assert upstreams.calls() == []


def test_the_credits_of_the_data_that_located_an_address_go_with_the_place(
    upstreams: Upstreams, clock: Clock
) -> None:
    locator = make_locator(upstreams, clock, [Table(Place(Coordinates(1, 2), "Tableton"))])
    for query in (VisitorQuery(), AddressQuery(LONDON)):
        assert locate(locator, query, LONDON).credits == (CREDIT,)
    result = locator.lookup_local(LONDON)
    assert result
    assert result.credits == (CREDIT,)


def test_the_credits_of_a_service_are_those_of_its_declaration(
    locator: PlaceLocator, upstreams: Upstreams
) -> None:
    """Also from the cache, where the first result is stored."""
    upstreams.fail("ipwhois", faults.status(500))
    for _ in range(2):
        credits = locate(locator, VisitorQuery(), LONDON).credits
        assert [credit.text for credit in credits] == ["GeoLite2 data created by MaxMind"]
    assert len(upstreams.calls("geojs")) == 1


def test_the_results_of_a_local_table_are_not_stored(
    upstreams: Upstreams, clock: Clock, tmp_path: Path
) -> None:
    """Else a day's visitors would displace the forecasts that are stored for an outage."""
    table = Table(Place(Coordinates(1, 2), "Tableton", country_code="XX"))
    locator = make_locator(upstreams, clock, [table], store=Folder(tmp_path, 100, 1_000_000))
    locate(locator, VisitorQuery(), LONDON)
    assert locator.country_of(LONDON) == "XX"
    assert [path.name for path in tmp_path.iterdir() if path.name != "locks"] == []


def test_a_visitor_on_the_servers_network_is_where_the_server_is(
    locator: PlaceLocator, upstreams: Upstreams, clock: Clock
) -> None:
    for visitor in (HOME, ip_address("127.0.0.1"), ip_address("fd00::1")):
        located = locate(locator, VisitorQuery(), visitor)
        assert (located.place.name, located.method) == ("Zurich", LocatedBy.SERVER)
    assert len(upstreams.calls()) == 1
    clock.advance(minutes=59)
    locate(locator, VisitorQuery(), HOME)
    assert len(upstreams.calls()) == 1, "once an hour at most"
    clock.advance(minutes=1)
    locate(locator, VisitorQuery(), HOME)
    until(lambda: len(upstreams.calls()) == 2)


@pytest.mark.parametrize("address", ["192.0.2.1", "203.0.113.9", "224.0.0.1", "0.0.0.0"])
def test_only_public_addresses_are_looked_up(
    locator: PlaceLocator, upstreams: Upstreams, address: str
) -> None:
    with pytest.raises(VisitorLocationUnknown):
        locate(locator, VisitorQuery(), ip_address(address))
    with pytest.raises(VisitorLocationUnknown):
        locate(locator, AddressQuery(ip_address("10.0.0.1")), LONDON)
    assert upstreams.calls() == []


def test_an_outage_of_all_services_is_an_error_and_not_stored(
    locator: PlaceLocator, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.down())
    with pytest.raises(UpstreamUnavailable):
        locate(locator, VisitorQuery(), LONDON)
    upstreams.heal()
    assert locate(locator, VisitorQuery(), LONDON).place.name == "London"


def test_an_address_that_no_service_knows_is_looked_up_again_after_five_minutes(
    locator: PlaceLocator, upstreams: Upstreams, clock: Clock
) -> None:
    upstreams.fail("*", faults.text('{"success":false,"message":"Reserved range","ip":"x"}'))
    upstreams.fail("geojs", faults.status(404))
    for _ in range(2):
        with pytest.raises(VisitorLocationUnknown):
            locate(locator, VisitorQuery(), LONDON)
    assert len(upstreams.calls()) == 2
    clock.advance(minutes=5)
    with pytest.raises(VisitorLocationUnknown):
        locate(locator, VisitorQuery(), LONDON)
    assert len(upstreams.calls()) == 4


def test_the_country_of_a_visitor_is_known_without_a_call(
    locator: PlaceLocator, upstreams: Upstreams, clock: Clock
) -> None:
    assert locator.country_of(LONDON) is None
    assert locator.country_of(HOME) is None
    assert upstreams.calls() == []
    locate(locator, VisitorQuery(), LONDON)
    locate(locator, VisitorQuery(), HOME)
    assert (locator.country_of(LONDON), locator.country_of(HOME)) == ("GB", "CH")
    american = Place(Coordinates(1, 2), "Tableton", country_code="US")
    assert make_locator(upstreams, clock, [Table(american)]).country_of(LONDON) == "US"
    assert locator.country_of(None) is None
    assert locator.country_of(ip_address("203.0.113.9")) is None


def test_a_country_that_only_the_store_knows_is_not_waited_for(
    locator: PlaceLocator, upstreams: Upstreams, clock: Clock
) -> None:
    for visitor in (LONDON, HOME):
        with pytest.raises(WouldWait):
            locator.country_of(visitor, wait=False)
        locate(locator, VisitorQuery(), visitor)
    known = [locator.country_of(visitor, wait=False) for visitor in (LONDON, HOME, None)]
    assert known == ["GB", "CH", None]
    table = [Table(Place(Coordinates(1, 2), "Tableton", country_code="US"))]
    assert make_locator(upstreams, clock, table).country_of(LONDON, wait=False) == "US"


def test_an_address_that_is_looked_up_in_a_file_is_not_waited_for(
    upstreams: Upstreams, clock: Clock
) -> None:
    """A page of a large file may have to come from a disk."""
    file = Table(Place(Coordinates(1, 2), "Tableton", country_code="US"))
    file.in_memory = False
    for remote_first in (False, True):
        locator = make_locator(upstreams, clock, [file], remote_first=remote_first)
        with pytest.raises(WouldWait):
            locator.country_of(LONDON, wait=False)
        assert file.looked_up == []
        assert locator.country_of(LONDON) == "US"
        file.looked_up.clear()
