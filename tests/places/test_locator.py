from __future__ import annotations

import pytest

from simulator import Upstreams
from tests.conftest import Clock
from tests.places.locating import HOME, LONDON, locate, make_locator
from weather.core.errors import VisitorLocationUnknown
from weather.core.models import LocatedBy
from weather.places.locator import PlaceLocator
from weather.places.query import VisitorQuery, parse


def test_the_operators_default_is_the_place_of_visitors_from_the_servers_network(
    upstreams: Upstreams, clock: Clock
) -> None:
    locator = make_locator(upstreams, clock, default=parse("Paris, Texas"))
    located = locate(locator, VisitorQuery(), HOME)
    assert (located.place.region, located.method) == ("Texas", LocatedBy.DEFAULT)
    assert locate(locator, VisitorQuery(), LONDON).method is LocatedBy.VISITOR


def test_a_visitor_without_an_address_has_no_place(locator: PlaceLocator) -> None:
    with pytest.raises(VisitorLocationUnknown):
        locate(locator, VisitorQuery(), None)
