"""The table of airports: codes, coordinates and the names of their cities."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.atlas import airports, container
from weather.atlas.cities import kilometres
from weather.atlas.container import CorruptAtlas


# Coordinates of the airports' reference points (published in each country's AIP).
@pytest.mark.parametrize(
    ("code", "name", "country", "latitude", "longitude"),
    [
        ("GRU", "São Paulo (GRU)", "BR", -23.43, -46.47),
        ("ham", "Hamburg (HAM)", "DE", 53.63, 9.99),
        ("Jfk", "New York City (JFK)", "US", 40.64, -73.78),
        ("OSL", "Oslo (OSL)", "NO", 60.20, 11.08),
        ("SYD", "Sydney (SYD)", "AU", -33.95, 151.18),
        ("NYC", "New York City (NYC)", "US", 40.71, -74.01),
        ("TYO", "Tokyo (TYO)", "JP", 35.69, 139.69),
    ],
)
def test_an_airport_has_the_name_of_its_city(
    code: str, name: str, country: str, latitude: float, longitude: float
) -> None:
    place = airports.airport(code)
    assert place
    assert (place.name, place.country_code) == (name, country)
    assert kilometres(place.coordinates, latitude, longitude) < 4


@pytest.mark.parametrize("text", ["", "H", "HAMB", "ÄÖÜ", "H4M", "QQQ", "ﬀa", "ß"])
def test_what_is_no_code_is_no_airport(text: str) -> None:
    assert airports.airport(text) is None


@settings(deadline=None)
@given(st.text(max_size=5))
def test_any_text_is_an_airport_or_none(text: str) -> None:
    place = airports.airport(text)
    assert place is None or (place.name and text.upper() in place.name)


def test_the_table_has_thousands_of_airports() -> None:
    assert len(airports.load().codes) > 7000


def test_a_damaged_table_is_refused() -> None:
    file = container.read("airports")
    for sections in ({}, dict(file.sections) | {"latitudes": b"\0\0"}):
        with pytest.raises(CorruptAtlas):
            airports.decode(container.Container(file.date, sections))
