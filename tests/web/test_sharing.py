"""Which visitors share a response."""

from __future__ import annotations

from collections.abc import Hashable
from ipaddress import ip_address

import pytest

from simulator import Upstreams
from tests.conftest import Clock
from tests.places.locating import make_locator
from weather.core.deadline import Deadline
from weather.core.ip_address import Address
from weather.core.measurement_systems import Units
from weather.core.models import Coordinates, Credit, LocatedBy, LocatedPlace, Place
from weather.places.locator import PlaceLocator
from weather.places.query import VisitorQuery
from weather.views.options import ViewOptions
from weather.web import environ, sharing
from weather.web.vary_on import VaryOn

SERVER, HOME, OTHER_HOME = "127.0.0.1", "192.168.1.20", "192.168.1.21"
# The first two are of one place, the third is of the same country, the fourth of another one with
# the same units, and the fifth of a country with other units.
PARIS, SUBURB, LYON, BERLIN, BOSTON = "5.9.0.1", "5.9.0.2", "5.9.0.3", "1.1.1.1", "8.8.8.8"
SYDNEY = "1.1.1.2"  # as Berlin, with a clock of 12 hours
UNKNOWN, OTHER_UNKNOWN = "81.2.69.160", "81.2.69.161"
OF_PARIS = Place(Coordinates(48.85, 2.35), "Paris", country_code="FR")
PLACES = {
    PARIS: OF_PARIS,
    SUBURB: OF_PARIS,
    LYON: Place(Coordinates(45.76, 4.84), "Lyon", country_code="FR"),
    BERLIN: Place(Coordinates(52.52, 13.41), "Berlin", country_code="DE"),
    SYDNEY: Place(Coordinates(-33.87, 151.21), "Sydney", country_code="AU"),
    BOSTON: Place(Coordinates(42.36, -71.06), "Boston", country_code="US"),
}


class Database:
    """A database on this machine that knows the addresses of `PLACES`."""

    name, source, local, in_memory = "database", "A database", True, True
    credits: tuple[Credit, ...] = ()

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None:
        return PLACES.get(str(address))


@pytest.fixture
def locator(upstreams: Upstreams, clock: Clock) -> PlaceLocator:
    return make_locator(upstreams, clock, [Database()])


def key(locator: PlaceLocator, visitor: str | None, vary_on: VaryOn) -> Hashable:
    address = ip_address(visitor) if visitor else None
    return sharing.key(locator, {environ.VISITOR: address}, vary_on)


@pytest.mark.parametrize("method", [LocatedBy.VISITOR, LocatedBy.SERVER, LocatedBy.DEFAULT])
@pytest.mark.parametrize("units", [None, Units.METRIC])
def test_the_visitors_own_place_varies_on_the_location(
    method: LocatedBy, units: Units | None
) -> None:
    located = LocatedPlace(OF_PARIS, method)
    assert sharing.vary_on(located, ViewOptions(units=units)) is VaryOn.LOCATION


@pytest.mark.parametrize("method", [LocatedBy.NAME, LocatedBy.COORDINATES, LocatedBy.ADDRESS])
def test_a_requested_place_varies_on_the_country_unless_the_request_has_units(
    method: LocatedBy,
) -> None:
    located = LocatedPlace(OF_PARIS, method)
    assert sharing.vary_on(located, ViewOptions()) is VaryOn.COUNTRY
    for units in Units:
        assert sharing.vary_on(located, ViewOptions(units=units)) is VaryOn.ANYONE


@pytest.mark.parametrize("visitor", [None, SERVER, HOME, PARIS, BOSTON, UNKNOWN])
def test_what_varies_on_nothing_has_one_key(locator: PlaceLocator, visitor: str | None) -> None:
    assert key(locator, visitor, VaryOn.ANYONE) is None


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (PARIS, SUBURB, True),
        (PARIS, LYON, True),
        (PARIS, BERLIN, True),
        (PARIS, BOSTON, False),
        (PARIS, UNKNOWN, True),  # metric units are those of an unknown country
        (BOSTON, UNKNOWN, False),
        (HOME, PARIS, False),
        (HOME, UNKNOWN, False),
        (HOME, OTHER_HOME, False),
        (HOME, SERVER, False),
        (HOME, HOME, True),
    ],
)
def test_what_varies_on_the_country_is_shared_by_visitors_with_the_same_units(
    locator: PlaceLocator, one: str, other: str, shared: bool
) -> None:
    keys = key(locator, one, VaryOn.COUNTRY), key(locator, other, VaryOn.COUNTRY)
    assert (keys[0] == keys[1]) is shared


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (PARIS, SUBURB, True),
        (PARIS, LYON, False),
        (PARIS, BOSTON, False),
        (PARIS, UNKNOWN, False),
        (UNKNOWN, OTHER_UNKNOWN, False),
        (UNKNOWN, UNKNOWN, True),
        (HOME, PARIS, False),
        (HOME, OTHER_HOME, False),
        (HOME, SERVER, False),
        (HOME, HOME, True),
    ],
)
def test_what_varies_on_the_location_is_shared_by_visitors_of_one_place(
    locator: PlaceLocator, one: str, other: str, shared: bool
) -> None:
    keys = key(locator, one, VaryOn.LOCATION), key(locator, other, VaryOn.LOCATION)
    assert (keys[0] == keys[1]) is shared


@pytest.mark.parametrize("vary_on", [VaryOn.COUNTRY, VaryOn.LOCATION])
def test_a_visitor_without_an_address_shares_with_no_located_one(
    locator: PlaceLocator, vary_on: VaryOn
) -> None:
    keys = [key(locator, visitor, vary_on) for visitor in (PARIS, BOSTON, HOME, UNKNOWN)]
    assert key(locator, None, vary_on) not in keys


@pytest.mark.parametrize("vary_on", VaryOn)
@pytest.mark.parametrize("visitor", [None, HOME, PARIS, UNKNOWN])
def test_a_key_costs_no_call_and_can_be_hashed(
    locator: PlaceLocator, upstreams: Upstreams, visitor: str | None, vary_on: VaryOn
) -> None:
    hash(key(locator, visitor, vary_on))
    assert upstreams.calls() == []


def test_pages_vary_on_the_clock_of_the_country_and_others_do_not(locator: PlaceLocator) -> None:
    located = LocatedPlace(OF_PARIS, LocatedBy.NAME)
    page = sharing.vary_on(located, ViewOptions(), personal=True)
    assert page is VaryOn.CLOCK
    assert sharing.vary_on(located, ViewOptions()) is VaryOn.COUNTRY
    assert sharing.vary_on(located, ViewOptions(units=Units.UK), personal=True) is VaryOn.ANYONE
    for options in (ViewOptions(language="de"), ViewOptions(clock_is_set=True)):
        assert sharing.vary_on(located, options, personal=True) is VaryOn.COUNTRY
    assert key(locator, PARIS, page) == key(locator, BERLIN, page) != key(locator, SYDNEY, page)
    assert key(locator, BERLIN, VaryOn.COUNTRY) == key(locator, SYDNEY, VaryOn.COUNTRY)


@pytest.mark.parametrize("vary_on", [VaryOn.COUNTRY, VaryOn.LOCATION])
def test_the_key_has_the_units_of_the_response_also_if_the_country_becomes_known_meanwhile(
    upstreams: Upstreams, clock: Clock, vary_on: VaryOn
) -> None:
    locator, boston = make_locator(upstreams, clock), ip_address(BOSTON)
    environment = {environ.VISITOR: boston}
    before = sharing.key(locator, environment, vary_on)
    assert sharing.country_of(locator, environment) is None
    locator.locate(VisitorQuery(), boston, "en", Deadline(60))
    assert sharing.key(locator, environment, vary_on) == before
    assert key(locator, BOSTON, vary_on) != before
