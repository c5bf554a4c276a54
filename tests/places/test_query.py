from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.core.errors import InvalidLocation
from weather.core.models import Coordinates
from weather.places.query import (
    AddressQuery,
    CoordinatesQuery,
    NameQuery,
    Query,
    VisitorQuery,
    from_address,
    from_pair,
    parse,
)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", VisitorQuery()),
        ("~", VisitorQuery()),
        ("  ", VisitorQuery()),
        ("London", NameQuery("London")),
        ("Salt+Lake+City", NameQuery("Salt Lake City")),
        ("Salt_Lake_City", NameQuery("Salt Lake City")),
        ("Москва", NameQuery("Москва")),
        ("Paris,FR", NameQuery("Paris", ("FR",))),
        ("Paris, Texas , US", NameQuery("Paris", ("Texas", "US"))),
        ("94107,us", NameQuery("94107", ("us",))),
        ("~8.8.8.8", NameQuery("8.8.8.8")),
        ("48.85,2.35", CoordinatesQuery(Coordinates(48.85, 2.35))),
        ("-78.46, 106.79", CoordinatesQuery(Coordinates(-78.46, 106.79))),
        ("+48.85,+2.35", CoordinatesQuery(Coordinates(48.85, 2.35))),
        ("0,0", CoordinatesQuery(Coordinates(0, 0))),
        ("90,180", CoordinatesQuery(Coordinates(90, 180))),
        ("8.8.8.8", AddressQuery(ip_address("8.8.8.8"))),
        ("2001:4860::1", AddressQuery(ip_address("2001:4860::1"))),
        ("<script>alert(1)</script>", NameQuery("<script>alert(1)</script>")),
        ("{{7*7}}", NameQuery("{{7*7}}")),
        ("Zu\u0308rich", NameQuery("Zürich")),
        ("0177.0.0.1", NameQuery("0177.0.0.1")),
        ("NaN,1", NameQuery("NaN", ("1",))),
    ],
)
def test_the_query_of_a_text(text: str, query: Query) -> None:
    assert parse(text) == query


@pytest.mark.parametrize(
    "text",
    [
        *("91,0", "0,181", "-90.0000001,0", "999,999"),
        *("a\x00b", "a\nb", "a\r\nb", "\u202etxt", "\ud800", "\ufffd"),
        *("x" * 101, "x" * 10_000, "🌧", "...", "../", ",", "~,FR", "~🌧"),
    ],
)
def test_a_text_that_can_be_no_place_is_refused(text: str) -> None:
    with pytest.raises(InvalidLocation):
        parse(text)


def test_the_joiners_of_a_name_remain() -> None:
    assert parse("نوشهر\u200cها") == NameQuery("نوشهر\u200cها")


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        *((None, "1"), ("1", None), ("", ""), ("NaN", "1"), ("1", "inf"), ("1e309", "1")),
        *(("٣٫٥", "1"), ("1_0", "1"), ("0x10", "1"), ("1", "1,5"), ("90.0000001", "0")),
        *(("1", "180.1"), ("-", "1"), (".", "1"), ("1" * 400, "1")),
    ],
)
def test_a_pair_that_is_no_coordinates_is_refused(
    latitude: str | None, longitude: str | None
) -> None:
    with pytest.raises(InvalidLocation):
        from_pair(latitude, longitude)


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [
        ("-0", "-0.0", Coordinates(0.0, 0.0)),
        (" 48.8566 ", "2.3522", Coordinates(48.86, 2.35)),
        ("90", "-180", Coordinates(90.0, -180.0)),
    ],
)
def test_the_cell_of_a_pair(latitude: str, longitude: str, cell: Coordinates) -> None:
    assert from_pair(latitude, longitude).coordinates.rounded() == cell
    assert "-0.0" not in str(from_pair("-0", "-0.0").coordinates.rounded())


@pytest.mark.parametrize("text", ["", "host", "1.2.3", "256.1.1.1", "1.2.3.4/24", "::g", "0x7f.1"])
def test_a_text_that_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidLocation):
        from_address(text)


@given(
    st.floats(-90, 90, allow_nan=False).map(lambda value: round(value, 6)),
    st.floats(-180, 180, allow_nan=False).map(lambda value: round(value, 6)),
)
def test_written_coordinates_are_parsed_back(latitude: float, longitude: float) -> None:
    query = parse(f"{latitude:.6f},{longitude:.6f}")
    assert query == CoordinatesQuery(Coordinates(latitude, longitude))


@given(st.text())
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        query = parse(text)
    except InvalidLocation as error:
        assert error.message
    else:
        assert isinstance(query, Query)
