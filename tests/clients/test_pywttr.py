"""pywttr and aiopywttr: pydantic models, every key of which must be there with its type."""

from __future__ import annotations

from datetime import date

import pytest

from tests.clients.checks import check_j1
from tests.clients.conftest import MAY, NOVEMBER, Run

LIBRARIES = ("use_pywttr.py", "use_aiopywttr.py")
MAY_15, NOVEMBER_20 = date(2026, 5, 15), date(2026, 11, 20)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("place", "language", "query"),
    [
        ("Paris", "en", "Paris"),
        ("Berlin", "de", "Berlin"),
        ("Москва", "zh-cn", "Москва"),
        ("São Paulo", "pt-br", "São Paulo"),
        ("New York", "af", "New York"),  # a language without a catalogue: English words
        ("London,UK", "ru", "London, UK"),
        ("Sydney", "oc", "Sydney"),
    ],
)
def test_every_field_is_parsed(
    run: Run, library: str, place: str, language: str, query: str
) -> None:
    model = run(library, place, language).json
    check_j1(model, language, MAY_15)
    assert model["request"][0] == {"query": query, "type": "City"}
    assert model["nearest_area"][0]["areaName"][0]["value"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_words_are_in_the_language(run: Run, library: str) -> None:
    def words(language: str) -> str:
        model = run(library, "Paris", language).json
        value: str = model["current_condition"][0]["lang_xx"][0]["value"]
        return value

    german, chinese, unknown = map(words, ("de", "zh-cn", "af"))
    assert len({german, chinese, unknown}) == 3
    assert not chinese.isascii()
    assert unknown.isascii()


@pytest.mark.parametrize("library", LIBRARIES)
def test_coordinates(run: Run, library: str) -> None:
    model = run(library, "-33.87,151.21", "de").json
    check_j1(model, "de", MAY_15)
    assert model["request"][0] == {"query": "Lat -33.87 and Lon 151.21", "type": "LatLon"}
    area = model["nearest_area"][0]
    assert (area["latitude"], area["longitude"]) == pytest.approx((-33.87, 151.21), abs=0.1)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("place", ["Longyearbyen", "78.22,15.65"])
def test_polar_night_and_midnight_sun(run: Run, library: str, place: str) -> None:
    dark = run(library, place, "nb", at=NOVEMBER).json
    check_j1(dark, "nb", NOVEMBER_20)
    bright = run(library, place, "nb", at=MAY).json
    check_j1(bright, "nb", MAY_15)
    for day in dark["weather"]:
        sky = day["astronomy"][0]
        assert sky["sunrise"] == sky["sunset"]  # solar noon
        assert day["sunHour"] == 0
    sky = bright["weather"][0]["astronomy"][0]
    assert (sky["sunrise"], sky["sunset"]) == ("12:00 AM", "11:59 PM")


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_unknown_place_is_an_error_of_http(run: Run, library: str) -> None:
    result = run(library, "Xyzzyville", "en")
    assert result.status == 1
    assert "404" in result.errors.splitlines()[-1] or "404" in result.errors
    assert "ValidationError" not in result.errors
