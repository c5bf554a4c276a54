from __future__ import annotations

import pytest

from simulator import Upstreams, faults
from tests.places.locating import locate
from weather.core.errors import LocationNotFound, UpstreamUnavailable
from weather.core.models import LocatedBy
from weather.places.locator import PlaceLocator
from weather.places.query import NameQuery


def test_a_name_has_a_best_place_and_distinct_alternatives(locator: PlaceLocator) -> None:
    located = locate(locator, NameQuery("Paris"))
    assert (located.place.country_code, located.method) == ("FR", LocatedBy.NAME)
    labels = [place.label for place in located.alternatives]
    assert "Paris, Texas, US" in labels
    assert len(set(labels)) == len(labels) <= 4


def test_a_name_is_fetched_once_however_it_is_written(
    locator: PlaceLocator, upstreams: Upstreams
) -> None:
    for name in ("Paris", "paris", "PARIS"):
        locate(locator, NameQuery(name))
    assert len(upstreams.calls()) == 1


def test_an_unknown_name_and_an_outage_are_different_errors(
    locator: PlaceLocator, upstreams: Upstreams
) -> None:
    with pytest.raises(LocationNotFound, match="Xyzzy"):
        locate(locator, NameQuery("Xyzzy"))
    upstreams.fail("*", faults.overloaded())
    with pytest.raises(UpstreamUnavailable):
        locate(locator, NameQuery("Plugh"))
