from __future__ import annotations

import pytest

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.places.locating import HOME, LONDON, locate, make_locator
from weather.atlas import Atlas
from weather.core.attribution import GEONAMES
from weather.core.errors import VisitorLocationUnknown
from weather.core.models import LocatedBy
from weather.places.locator import PlaceLocator
from weather.places.query import NameQuery, VisitorQuery, parse
from weather.providers.open_meteo_geocoding import OpenMeteoGeocoder


def test_the_operators_default_is_the_place_of_visitors_from_the_servers_network(
    upstreams: Upstreams, clock: Clock
) -> None:
    locator = make_locator(upstreams, clock, default=parse("Paris, Texas"))
    located = locate(locator, VisitorQuery(), HOME)
    assert (located.place.region, located.method) == ("Texas", LocatedBy.DEFAULT)
    assert locate(locator, VisitorQuery(), LONDON).method is LocatedBy.VISITOR


def test_the_operators_default_by_name_has_the_credits_of_the_geocoder(
    upstreams: Upstreams, clock: Clock
) -> None:
    locator = make_locator(upstreams, clock, default=parse("Paris, Texas"))
    assert locate(locator, VisitorQuery(), HOME).credits == (GEONAMES,)


def test_a_name_has_the_credits_of_its_source(upstreams: Upstreams, clock: Clock) -> None:
    locator = make_locator(upstreams, clock, gazetteer=Atlas())
    assert locate(locator, NameQuery("Paris")).credits == OpenMeteoGeocoder.credits
    upstreams.fail("*", faults.overloaded())
    offline = locate(locator, NameQuery("Oslo"))
    assert (offline.offline, offline.credits) == (True, Atlas.place_credits)


def test_only_coordinates_with_the_name_of_a_city_credit_the_gazetteer(
    upstreams: Upstreams, clock: Clock
) -> None:
    locator = make_locator(upstreams, clock, gazetteer=Atlas())
    assert locate(locator, parse("47.37,8.54")).credits == (GEONAMES,)
    assert locate(locator, parse("-48.9,-123.4")).credits == ()


def test_a_visitor_without_an_address_has_no_place(locator: PlaceLocator) -> None:
    with pytest.raises(VisitorLocationUnknown):
        locate(locator, VisitorQuery(), None)
