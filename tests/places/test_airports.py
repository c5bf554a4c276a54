"""Three letters: an airport's code or a name."""

from __future__ import annotations

import pytest

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.places.locating import locate, make_locator
from weather.atlas import Atlas
from weather.core import place_names
from weather.core.attribution import GEONAMES
from weather.core.errors import LocationNotFound, UpstreamUnavailable
from weather.places.airports import airport
from weather.places.query import CodeQuery, NameQuery, VisitorQuery, parse


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("GRU", "São Paulo (GRU)"),
        ("ULM", "Mankato (ULM)"),
        ("VAN", "Van (VAN)"),
        ("ham", "Hamburg (HAM)"),
        ("Muc", "Munich (MUC)"),
        ("mUc", "Munich (MUC)"),
        ("pau", "Nyaung-U (PAU)"),
    ],
)
def test_a_code_is_an_airport(atlas: Atlas, code: str, name: str) -> None:
    place = airport(atlas, code)
    assert place
    assert place.name == name


@pytest.mark.parametrize("name", ["ulm", "Ulm", "Van", "van", "Jos", "Aba", "nis", "Pau", "Hof"])
def test_a_city_of_that_name_comes_before_the_airport(atlas: Atlas, name: str) -> None:
    assert atlas.airport(name)
    assert airport(atlas, name) is None


@pytest.mark.parametrize("text", ["QQQ", "Qom", "Spa,BE", "H4M"])
def test_what_no_airport_has_is_a_name(atlas: Atlas, text: str) -> None:
    assert airport(atlas, text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GRU", CodeQuery("GRU")),
        (" ham ", CodeQuery("ham")),
        ("+JFK+", CodeQuery("JFK")),
        ("~GRU", NameQuery("GRU")),
        ("NYC", NameQuery("NYC")),
        ("USA", NameQuery("USA")),
        ("GRU,BR", NameQuery("GRU", ("BR",))),
        ("Åre", NameQuery("Åre")),
        ("LA", NameQuery("LA")),
        ("Oslo", NameQuery("Oslo")),
        ("123", NameQuery("123")),
        ("MyLocation", VisitorQuery()),
        ("mylocation", VisitorQuery()),
        ("MYLOCATION", VisitorQuery()),
        ("~MyLocation", NameQuery("MyLocation")),
    ],
)
def test_three_letters_may_be_a_code(text: str, expected: object) -> None:
    assert parse(text) == expected


def test_no_abbreviation_hides_an_airport_elsewhere(atlas: Atlas) -> None:
    for abbreviation, (name, *_) in place_names.ABBREVIATIONS.items():
        place = atlas.airport(abbreviation)
        assert place is None or name in (place.name or "")


def test_an_airport_needs_no_call(upstreams: Upstreams, clock: Clock) -> None:
    upstreams.fail("*", faults.down())
    located = locate(make_locator(upstreams, clock, gazetteer=Atlas()), parse("GRU"))
    assert (located.place.name, located.place.country_code) == ("São Paulo (GRU)", "BR")
    assert located.credits == (GEONAMES,)
    assert not located.offline
    assert upstreams.calls() == []


def test_a_name_of_three_letters_is_searched_for(upstreams: Upstreams, clock: Clock) -> None:
    locator = make_locator(upstreams, clock, gazetteer=Atlas())
    with pytest.raises(LocationNotFound, match="QQQ"):
        locate(locator, parse("QQQ"))
    with pytest.raises(LocationNotFound, match="Ulm"):
        locate(locator, parse("Ulm"))  # which the simulated geocoder lacks
    upstreams.fail("*", faults.overloaded())
    located = locate(locator, parse("jos"))
    assert (located.place.country_code, located.offline) == ("NG", True)


def test_a_text_that_is_written_as_a_name_is_an_airport_only_if_there_is_no_such_place(
    upstreams: Upstreams, clock: Clock
) -> None:
    locator = make_locator(upstreams, clock, gazetteer=Atlas())
    assert locate(locator, parse("Gru")).place.name == "São Paulo (GRU)"
    assert len([call for call in upstreams.calls() if "Gru" in str(call)]) == 1
    with pytest.raises(LocationNotFound):  # the simulated geocoder lacks Pau in France
        locate(locator, parse("Pau"))
    upstreams.fail("*", faults.down())
    with pytest.raises(UpstreamUnavailable):
        locate(locator, parse("Are"))
    assert locate(locator, parse("are")).place.country_code == "PR"


def test_without_a_gazetteer_a_code_is_a_name(upstreams: Upstreams, clock: Clock) -> None:
    located = locate(make_locator(upstreams, clock), parse("MUC"))
    assert located.place.country_code == "DE"
    assert len(upstreams.calls()) == 1
