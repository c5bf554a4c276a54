"""Places as people type them, with the search and without it: the lines of typed_places.txt.

Rules: postal addresses put a postcode before or behind the town (UPU S42); ISO 3166, the
abbreviations of newspapers and postal services, and GeoNames' names say what a text means. A
country is no town, and what cannot be searched for is an outage.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.web.clients import PROGRAM
from weather.atlas import areas, names
from weather.places.query import NameQuery, parse
from weather.places.readings import readings

_LINES = Path(__file__).with_name("typed_places.txt").read_text(encoding="utf-8").splitlines()
TYPED = [tuple(line.split("|")) for line in _LINES if not line.startswith("#")]


@pytest.fixture
def client(make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app(rate_limit=0).test_client()


def found(client: FlaskClient, text: str) -> str:
    """The place, or the status of an error."""
    response = client.get("/", query_string={"q": text, "format": "json"}, headers=PROGRAM)
    if response.status_code != 200:
        return str(response.status_code)
    place = response.get_json()["place"]
    return f"{place['name']}/{place['region'] or ''}/{place['country_code']}"


def test_every_spelling_is_found_with_few_searches(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    assert len(TYPED) > 180
    wrong = {}
    for text, place, _ in TYPED:
        upstreams.reset()
        clock.advance(seconds=10)  # together they would spend the calls of a minute
        answer = found(client, text)
        if answer != place or len(upstreams.calls("geocoding")) > 4:
            wrong[text] = answer
    assert wrong == {}


def test_without_the_search_a_city_is_found_or_there_is_an_outage(
    client: FlaskClient, upstreams: Upstreams
) -> None:
    upstreams.fail("geocoding", faults.overloaded())
    wrong = {}
    for text, place, offline in TYPED:
        answer = found(client, text)
        country = place.rpartition("/")[2]
        if (answer if offline == "-" else answer.rpartition("/")[2]) != (
            "503" if offline == "-" else country
        ):
            wrong[text] = answer
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Saint Louis", "St. Louis, Missouri, US"),
        ("St Paul", "Saint Paul, Minnesota, US"),
        ("Ft. Worth", "Fort Worth, Texas, US"),
        ("The Hague", "The Hague, South Holland, NL"),
    ],
)
def test_the_atlas_knows_both_spellings(text: str, label: str) -> None:
    assert label in [place.label for place in names.search(text)]


@pytest.mark.parametrize("text", ["USA", "UK", "Norway", "Bahamas", "the Netherlands", "UAE"])
def test_a_country_is_no_town_of_the_atlas(text: str) -> None:
    """Usa is a town in Japan, and Norway one in Maine."""
    assert names.search(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paris", ["Paris"]),
        ("Chicago, IL 60601", ["Chicago|IL|60601"]),
        ("10115 Berlin", ["10115 Berlin", "10115|Berlin", "Berlin|10115"]),
        ("02138 MA", ["02138 MA", "02138|MA"]),
        ("Salisbury, MD USA", ["Salisbury|MD|USA"]),
        ("Port Washington NY", ["Port Washington NY", "Port Washington|NY", "Port|Washington|NY"]),
        ("LA,GH", ["Los Angeles|CA|US|GH", "LA|GH"]),
        ("St Paul, MN", ["St Paul|MN", "St. Paul|MN", "Saint Paul|MN", "St-Paul|MN"]),
        ("Area 51", ["Area 51", "Area-51"]),
    ],
)
def test_the_readings_of_a_name(text: str, expected: list[str]) -> None:
    query = parse(text)
    assert isinstance(query, NameQuery)
    written = readings(query, areas.is_area)
    assert ["|".join((reading.name, *reading.within)) for reading in written] == expected


@pytest.mark.parametrize(
    "text", [" ".join(["IN OR ME"] * 11), "A " * 50, "St " * 33, "a1,2 3," * 14]
)
def test_no_text_has_many_readings(text: str) -> None:
    query = parse(text)
    assert isinstance(query, NameQuery)
    assert len(readings(query, areas.is_area)) <= 4


def test_a_postcode_chooses_among_namesakes_and_excludes_none(client: FlaskClient) -> None:
    assert found(client, "Springfield, 01103") == "Springfield/Massachusetts/US"
    assert found(client, "Springfield, 62701-1234") == "Springfield/Illinois/US"
    assert found(client, "Springfield, 99999") == "Springfield/Missouri/US"
    assert found(client, "Springfield, Utah 62701") == "404"
