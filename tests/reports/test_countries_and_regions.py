"""Countries and regions as people write them.

Rules: ISO 3166-1 (codes of two and three letters), ISO 3166-2 and the postal abbreviations of the
United States, Canada and Australia, CLDR (names in the languages of a country), GeoNames ("The
Netherlands").
"""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams
from tests.web.clients import PROGRAM
from weather.atlas.areas import Location, is_area, lies_within

LOCATIONS = {
    "London": Location("GB", ["England"]),
    "New York": Location("US", ["New York"]),
    "Toronto": Location("CA", ["Ontario"]),
    "Munich": Location("DE", ["Bavaria"]),
    "Amsterdam": Location("NL", ["The Netherlands", "North Holland"]),
    "Sydney": Location("AU", ["New South Wales"]),
    "Como": Location("IT", ["Lombardy", "Provincia di Como"]),
    "San Juan": Location("PR", []),
    "Seoul": Location("KR", []),
    "Washington": Location("US", ["District of Columbia"]),
    "Nowhere": Location(None, ["Lower Fiction"]),
}


@pytest.mark.parametrize(
    ("place", "areas"),
    [
        ("London", "GB GBR UK U.K. uk Britain Great+Britain United+Kingdom England Royaume-Uni"),
        ("New York", "US USA U.S.A. U.S. United+States the+United+States Vereinigte+Staaten NY"),
        ("New York", "N.Y. New+York New+York+State États-Unis Estados+Unidos EE.UU. США 米国"),
        ("Toronto", "CA CAN Canada Kanada ON Ont. Ontario Province+of+Ontario"),
        (
            "Munich",
            "DE DEU Germany Deutschland Allemagne Bavaria Bayern BY Германия ドイツ",
        ),
        ("Amsterdam", "NL NLD Netherlands The+Netherlands the+netherlands Nederland Holland"),
        ("Amsterdam", "Niederlande Pays-Bas Noord-Holland NH"),
        ("Sydney", "AU AUS Australia NSW N.S.W. New+South+Wales"),
        ("Como", "IT Italia Italy Lombardia Lombardy CO Como Province+of+Como"),
        ("San Juan", "PR USA Puerto+Rico"),  # ISO 3166-2 has it as US-PR, too
        ("Seoul", "KR KOR Korea South+Korea Republic+of+Korea 대한민국"),
        ("Washington", "DC D.C. District+of+Columbia"),
        ("Nowhere", "lower+fiction"),  # a name that no table has is compared as it is
    ],
)
def test_every_spelling_of_an_area(place: str, areas: str) -> None:
    for area in areas.split():
        assert lies_within(LOCATIONS[place], [area.replace("+", " ")]), area


@pytest.mark.parametrize(
    ("place", "area"),
    [
        *(("London", "Scotland"), ("London", "CA"), ("Toronto", "US"), ("Munich", "BW")),
        *(("New York", "GB"), ("Amsterdam", "Ireland"), ("Como", "US"), ("Nowhere", "GB")),
        *(("Sydney", "Victoria"), ("Seoul", "North Korea"), ("Munich", "Netherlands")),
    ],
)
def test_another_area_is_told_apart(place: str, area: str) -> None:
    assert not lies_within(LOCATIONS[place], [area])


def test_a_region_is_known_by_geonames_id_in_any_language() -> None:
    assert lies_within(Location("DE", ["バイエルン州"], ids=[2951839]), ["Bayern", "DE"])
    assert lies_within(Location("DE", codes=["DE.02"]), ["Bayern"])


def test_words_that_are_no_area() -> None:
    assert is_area("OR")
    assert is_area("Texas")
    assert not any(map(is_area, ("", "Rapids", "City", "Beach", "1")))


@pytest.mark.parametrize(
    ("path", "name", "region", "country"),
    [
        ("London,UK", "London", "England", "GB"),
        ("London,CA", "London", "Ontario", "CA"),
        ("New+York,USA", "New York", "New York", "US"),
        ("New+York,NY,USA", "New York", "New York", "US"),
        ("new_york,_n.y.,_u.s.a.", "New York", "New York", "US"),
        ("Toronto,ON", "Toronto", "Ontario", "CA"),
        ("München,Deutschland", "Munich", "Bavaria", "DE"),
        ("München,Bayern", "Munich", "Bavaria", "DE"),
        ("Amsterdam,Netherlands", "Amsterdam", "North Holland", "NL"),
        ("Portland+OR", "Portland", "Oregon", "US"),
        ("Portland,ME", "Portland", "Maine", "US"),
        ("salisbury_md", "Salisbury", "Maryland", "US"),
        ("Salisbury,+MD+USA", "Salisbury", "Maryland", "US"),
        ("Paris+Texas", "Paris", "Texas", "US"),
        ("Chicago+Illinois+USA", "Chicago", "Illinois", "US"),
        ("02135_ma", "Brighton", "Massachusetts", "US"),
        ("London+Ontario", "London", "Ontario", "CA"),
        ("Sydney+NSW", "Sydney", "New South Wales", "AU"),
    ],
)
def test_a_place_in_an_area(
    client: FlaskClient, path: str, name: str, region: str, country: str
) -> None:
    response = client.get("/" + quote(path, safe="+,"), headers=PROGRAM)
    assert response.status_code == 200, response.text
    place = response.get_json()["place"]
    assert (place["name"], place["region"], place["country_code"]) == (name, region, country)


def test_an_area_is_known_whatever_the_language_of_the_request(client: FlaskClient) -> None:
    for language in ("de", "ja", "fr"):
        path = f"/api/v1/weather?q=Munich,Bayern&lang={language}"
        assert client.get(path, headers=PROGRAM).get_json()["place"]["country_code"] == "DE"


def test_an_area_that_does_not_hold_the_place_finds_nothing(client: FlaskClient) -> None:
    for path in ("/London,France", "/Paris+Utah", "/Toronto,Bayern"):
        assert client.get(path, headers=PROGRAM).status_code == 404


def test_a_name_that_is_found_as_written_costs_one_search(
    client: FlaskClient, upstreams: Upstreams
) -> None:
    client.get("/New+York", headers=PROGRAM)
    assert len(upstreams.calls("geocoding")) == 1


def test_an_unknown_name_costs_few_searches(client: FlaskClient, upstreams: Upstreams) -> None:
    client.get("/Nowhere+IN+OR+ME+CA+US", headers=PROGRAM)
    assert len(upstreams.calls("geocoding")) <= 4
