"""Coordinates that people paste: with letters, degrees and minutes, as geo URIs and map links.

Rules: ISO 6709 annex D (degrees, minutes and seconds with signs and letters), RFC 5870 (geo URIs),
and the addresses of Google Maps and OpenStreetMap.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web.clients import PROGRAM
from weather.core.errors import InvalidLocation
from weather.core.models import Coordinates
from weather.places.query import CoordinatesQuery, HostQuery, NameQuery, from_pair, parse

PARIS = (48.85, 2.35)


@pytest.mark.parametrize(
    "text",
    [
        *("48.85,2.35", "48.85, 2.35", "48.85;2.35", "48.85 2.35", "48.85+2.35", "48.85_2.35"),
        *("(48.85, 2.35)", "[48.85,2.35]", "48,85 2,35", "48,85; 2,35"),
        *("48.85N,2.35E", "48.85N 2.35E", "48.85n2.35e", "2.35E 48.85N", "2.35E,48.85N"),
        *("N48.85 E2.35", "E 2.35 N 48.85", "48.85 N 2.35 E", "48.85° N, 2.35° E", "48.85°,2.35°"),
        *(
            "48°51'N 2°21'E",
            "48°51′N 2°21′E",
            "48°51’N, 2°21’E",
            "2°21'E 48°51'N",
            "N48°51' E2°21'",
        ),
        *(
            "48°51'0\"N 2°21'0\"E",
            "48°51′00″N 2°21′00″E",
            "48°51'00''N 2°21'00''E",
            "48º51'N 2º21'E",
        ),
        *(
            "48°51.0'N 2°21.0'E",
            "48 51 N 2 21 E",
            "48 51 00 N 2 21 00 E",
            "48° 51' 0” N 2° 21' 0” E",
        ),
        *(
            "geo:48.85,2.35",
            "geo:48.85,2.35,35",
            "GEO:48.85,2.35;u=35",
            "geo:48.85,2.35;crs=WGS84;u=1",
        ),
        *("geo:0,0?q=48.85,2.35(Paris)", "geo:48.85,2.35?z=12"),
        *("@48.85,2.35,12z", "@48.85,2.35", "/maps/@48.85,2.35,12z", "#map=12/48.85/2.35"),
        *("?q=48.85,2.35", "https://www.openstreetmap.org/?mlat=48.85&mlon=2.35#map=9/40/3"),
        "https://www.google.com/maps/place/Paris/@48.8,2.3,12z/data=!4m6!3m5!8m2!3d48.85!4d2.35!16z",
        "https://maps.google.com/?ll=48.85,2.35",
        *(
            "48.85 , 2.35",
            "48.85 / 2.35",
            "48.85|2.35",
            "<48.85,2.35>",
            "48.85,2.35,",
            "48.85,2.35.",
        ),
        *("48,85, 2,35", "48,85 , 2,35", "N48,85 E2,35", "48,85°N, 2,35°E", "48,85N 2,35E"),
        *("48°51'00,0\"N 2°21'00,0\"E", "48:51:00N 2:21:00E", "48° 51.0' N / 2° 21.0' E"),
        *("48.85 north, 2.35 east", "North 48.85 East 2.35", "48.85 deg N, 2.35 deg E"),
        *("+48.85+2.35", "+48.85+002.35/", "48.85， 2.35", "４８．８５，２．３５", "٤٨٫٨٥،٢٫٣٥"),
        *("lat 48.85 lon 2.35", "Latitude: 48.85, Longitude: 2.35", "lat=48.85&lng=2.35"),
        *('{"lat": 48.85, "lon": 2.35}', "lon=2.35&lat=48.85", "POINT(2.35 48.85)"),
        *("LatLng(48.85, 2.35)", "48.85,2.35,12z", "@48.85, 2.35", "ll=48.85,2.35"),
        *("map=12/48.85/2.35", "#12/48.85/2.35", "mlat=48.85&mlon=2.35"),
        "https://www.google.com/maps/search/48.85,+2.35",
        "https://www.google.com/maps/search/48.85,2.35/@1,2,3z",
        "https://www.google.com/maps/search/?api=1&query=48.85%2C2.35",
        "https://maps.google.com/maps?q=loc:48.85,2.35",
        "https://www.google.com/maps/place/48%C2%B051'00.0%22N+2%C2%B021'00.0%22E/",
        "https://maps.apple.com/?ll=48.85,2.35&q=Paris",
        "https://maps.apple.com/place?coordinate=48.85,2.35&name=Paris",
        "https://www.openstreetmap.org/search?lat=48.85&lon=2.35",
        "https://www.bing.com/maps?cp=48.85~2.35&lvl=12",
        "https://yandex.com/maps/?ll=2.35%2C48.85&z=12",
        "https://wego.here.com/?map=48.85,2.35,12,normal",
        "https://waze.com/ul?ll=48.85,2.35",
        "https://www.windy.com/?48.85,2.35,5",
        "https://mapy.cz/zakladni?x=2.35&y=48.85&z=12",
    ],
)
def test_every_spelling_of_paris(text: str) -> None:
    query = parse(text)
    assert isinstance(query, CoordinatesQuery), query
    point = query.coordinates.rounded(6)
    assert (point.latitude, point.longitude) == PARIS


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("33°51'31\"S 151°12'51\"E", -33.858611, 151.214167),  # the Sydney Opera House
        ("48°51.4′N 2°21′W", 48.856667, -2.35),
        ("48 51 24 N 2 21 3.5 W", 48.856667, -2.350972),
        ("−33.87,151.2", -33.87, 151.2),  # with a typographic minus
        ("-33.87 151.2", -33.87, 151.2),
        ("0.5S0.25W", -0.5, -0.25),
    ],
)
def test_minutes_seconds_and_hemispheres(text: str, latitude: float, longitude: float) -> None:
    query = parse(text)
    assert isinstance(query, CoordinatesQuery), query
    assert query.coordinates.rounded(6) == Coordinates(latitude, longitude)


@pytest.mark.parametrize(
    "text",
    [
        "113 49",  # a postcode in Stockholm
        "110 00",  # in Prague
        "1010",
        "N1 9",  # in London
        "E10 5",
        "94107",
        "48 51 2 21",
        *("48.85.1", "1.2.3", "West 57", "10 N", "1011 AB", "nan,nan"),
        "Paris,48",
        "@example.org",
        "~48.85,2.35",
    ],
)
def test_a_postcode_or_name_is_no_pair(text: str) -> None:
    assert isinstance(parse(text), NameQuery | HostQuery)


@pytest.mark.parametrize(
    "text",
    [
        *("48N 2N", "-48.85N 2.35E", "48°61'N 2°21'E", "48.5°30'N 2°E", "geo:91,0"),
        *("@48.85,181,9z", "geo:48.85,2.35;crs=nad27", "91N 2E"),
        # What is no pair, or may be two of them.
        *("48.85", "48.85N", "48.85,", "48,85,2,35", "48.85,2.35,100", "48.85 N 2.35 O"),
        *("48.85 2.35 1.0", "48.85,2.35;48.86,2.36", "4851.0N 221.0E", "48,85 2"),
    ],
)
def test_impossible_coordinates_are_refused(text: str) -> None:
    with pytest.raises(InvalidLocation):
        parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-0.0,-0.0", "0,0"),
        ("-0,0", "0,0"),
        ("-0.000000001,-0.00000001", "0,0"),
        ("0.00001,10", "0.00001,10"),
        ("48.8500,2.350", "48.85,2.35"),
        ("100.5E,0S", "0,100.5"),
    ],
)
def test_no_coordinates_are_minus_zero(text: str, expected: str) -> None:
    query = parse(text)
    assert isinstance(query, CoordinatesQuery)
    assert str(query) == expected
    assert "-0.0000" not in str(query.coordinates)


def test_lat_and_lon_may_have_letters_of_their_own_axis() -> None:
    assert from_pair("48°51'N", "2.35W").coordinates.rounded() == Coordinates(48.85, -2.35)
    with pytest.raises(InvalidLocation):
        from_pair("48E", "2N")


@pytest.mark.parametrize(
    "path",
    [
        "/48.85+2.35",
        "/" + quote("48°51'N 2°21'E"),
        "/geo:48.85,2.35;u=35",
        "/@48.85,2.35,12z",
        "/maps/@48.85,2.35,12z",
        "/maps/place/Paris/@48.85,2.35,12z/data=!3m1!4b1",
        "/maps?q=48.85,2.35",
        "/https://www.google.com/maps/@48.85,2.35,12z",
        "/?q=" + quote("https://www.openstreetmap.org/#map=12/48.85/2.35"),
        "/?q=48.85N,2.35E",
        "/?lat=48.85N&lon=2.35E",
    ],
)
def test_every_spelling_answers(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=PROGRAM)
    assert response.status_code == 200, response.text
    place = response.get_json()["place"]
    assert (place["latitude"], place["longitude"]) == PARIS


def test_a_map_link_without_coordinates_is_not_found(client: FlaskClient) -> None:
    assert client.get("/maps/dir/", headers=PROGRAM).status_code == 404
    assert client.get("/https://example.org/x", headers=PROGRAM).status_code == 404


def test_the_line_never_says_minus_zero(client: FlaskClient) -> None:
    assert client.get("/-0.0,-0.0?format=%l").text == "0,0"
