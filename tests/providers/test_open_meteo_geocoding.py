from __future__ import annotations

import pytest

from simulator import Upstreams, faults
from simulator.faults import Fault
from weather.atlas.folding import fold
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Place
from weather.providers.open_meteo_geocoding import OpenMeteoGeocoder
from weather.upstream.client import Upstream


@pytest.fixture
def geocoder(upstreams: Upstreams) -> OpenMeteoGeocoder:
    return OpenMeteoGeocoder(Upstream("tests"), upstreams.url("geocoding"))


def first(geocoder: OpenMeteoGeocoder, *words: str, language: str = "en") -> Place:
    return geocoder.search(words[0], words[1:], language, Deadline(5))[0]


@pytest.mark.parametrize(
    ("words", "region", "country_code"),
    [
        (("Paris",), "Île-de-France", "FR"),
        (("Paris", "FR"), "Île-de-France", "FR"),
        (("paris", "france"), "Île-de-France", "FR"),
        (("Paris", "Texas"), "Texas", "US"),
        (("Paris", "TX"), "Texas", "US"),
        (("Paris", "tx", "us"), "Texas", "US"),
        (("London", "CA"), "Ontario", "CA"),
        (("Los Angeles", "CA"), "California", "US"),
        (("94107", "us"), "California", "US"),
        (("zurich",), "Zurich", "CH"),
        (("Zürich",), "Zurich", "CH"),
        (("Москва",), None, "RU"),
    ],
)
def test_a_name_with_its_region_finds_the_place(
    geocoder: OpenMeteoGeocoder, words: tuple[str, ...], region: str | None, country_code: str
) -> None:
    place = first(geocoder, *words)
    assert place.country_code == country_code
    assert region is None or fold(place.region or "") == fold(region)


def test_names_are_in_the_visitors_language(geocoder: OpenMeteoGeocoder) -> None:
    assert first(geocoder, "Munich", language="de").name == "München"


@pytest.mark.parametrize(
    "words", [("Xyzzyville",), ("x",), ("Paris", "Atlantis"), ("Paris", "TX", "FR")]
)
def test_an_unknown_name_finds_nothing(geocoder: OpenMeteoGeocoder, words: tuple[str, ...]) -> None:
    assert geocoder.search(words[0], words[1:], "en", Deadline(5)) == ()


@pytest.mark.parametrize(
    "fault",
    [
        faults.status(400, '{"error":true,"reason":"no"}'),
        faults.text('{"results":null}'),
        faults.json_list(),
        faults.html_200(),
    ],
)
def test_an_outage_is_not_an_unknown_name(
    geocoder: OpenMeteoGeocoder, upstreams: Upstreams, fault: Fault
) -> None:
    upstreams.fail("geocoding", fault)
    with pytest.raises(UpstreamError):
        geocoder.search("Paris", (), "en", Deadline(5))


@pytest.mark.parametrize(
    "entry",
    [
        "{}",
        "[]",
        '{"name":"X","latitude":91,"longitude":0}',
        '{"name":5,"latitude":1,"longitude":1}',
        '{"name":"X","latitude":"nil","longitude":1}',
    ],
)
def test_entries_that_are_no_places_are_ignored(
    geocoder: OpenMeteoGeocoder, upstreams: Upstreams, entry: str
) -> None:
    good = '{"name":"Equator","longitude":9.5}'  # a latitude of 0 is left out of its answers
    upstreams.fail("geocoding", faults.text(f'{{"results":[{entry},{good}]}}'))
    names = [place.name for place in geocoder.search("any", (), "en", Deadline(5))]
    assert "Equator" in names
    assert "X" not in names


def test_a_visitors_text_is_sent_in_a_parameter_only(
    geocoder: OpenMeteoGeocoder, upstreams: Upstreams
) -> None:
    geocoder.search("../?x=1#&name=y", (), "en", Deadline(5))
    (call,) = upstreams.calls()
    assert call.path == "/v1/search"
    assert call.query["name"] == "../?x=1#&name=y"
